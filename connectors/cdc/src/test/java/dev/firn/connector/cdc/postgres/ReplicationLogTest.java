package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.cdc.postgres.LogMessage.Commit;
import dev.firn.connector.cdc.postgres.LogMessage.Delete;
import dev.firn.connector.cdc.postgres.LogMessage.Insert;
import dev.firn.connector.cdc.postgres.LogMessage.Relation;
import dev.firn.connector.cdc.postgres.LogMessage.Truncate;
import dev.firn.connector.cdc.postgres.LogMessage.Update;
import dev.firn.connector.cdc.postgres.ReplicationLog.Logged;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationLogTest {

    private final PostgresAddress address = Server.database();

    private SourceTable published(String name, String columns) throws Exception {
        Server.execute(address, "CREATE TABLE public." + name + " (" + columns + ")");
        SourceTable table = Server.table(address, "public." + name);
        Server.publish(address, slot(name), table);
        return table;
    }

    /** Slots are of the server, and not of a database. */
    private String slot(String table) {
        return address.database() + "_" + table;
    }

    private static List<String> rows(List<Logged> read) {
        return read.stream()
                .flatMap(logged -> {
                    LogMessage message = logged.message();
                    if (message instanceof Insert insert) {
                        return java.util.stream.Stream.of("+" + insert.row());
                    }
                    if (message instanceof Update update) {
                        return java.util.stream.Stream.of(
                                update.before().map(Tuple::toString).orElse("") + ">" + update.row());
                    }
                    if (message instanceof Delete delete) {
                        return java.util.stream.Stream.of("-" + delete.before());
                    }
                    if (message instanceof Truncate) {
                        return java.util.stream.Stream.of("truncate");
                    }
                    return message instanceof Commit ? java.util.stream.Stream.of(";") : java.util.stream.Stream.of();
                })
                .toList();
    }

    private static Commit lastCommit(List<Logged> read) {
        return (Commit) read.get(read.size() - 1).message();
    }

    @Test
    void transactionsComeWholeInTheOrderOfTheirCommits() throws Exception {
        published("t", "id int PRIMARY KEY, v text");
        try (Connection one = address.open();
                Connection other = address.open();
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            first.execute("INSERT INTO public.t VALUES (1, 'a'), (2, 'b')");
            second.execute("INSERT INTO public.t VALUES (3, 'c')");
            first.execute("SAVEPOINT s");
            first.execute("INSERT INTO public.t VALUES (9, 'undone')");
            first.execute("ROLLBACK TO SAVEPOINT s");
            second.execute("UPDATE public.t SET id = 4 WHERE id = 3");
            other.commit();
            first.execute("DELETE FROM public.t WHERE id = 1");
            one.commit();
            second.execute("INSERT INTO public.t VALUES (8, 'undone')");
            other.rollback();
        }
        Server.execute(address, "TRUNCATE public.t");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            assertThat(rows(Server.read(log, 3)))
                    .containsExactly(
                            "+[3, c]",
                            "[3, null]>[4, c]",
                            ";",
                            "+[1, a]",
                            "+[2, b]",
                            "-[1, null]",
                            ";",
                            "truncate",
                            ";");
        }
    }

    @Test
    void whatWasNotConfirmedComesAgainAndWhatWasDoesNot() throws Exception {
        published("t", "id int PRIMARY KEY");
        Server.execute(address, "INSERT INTO public.t VALUES (1), (2)", "INSERT INTO public.t VALUES (3)");
        Lsn first;
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            List<Logged> read = Server.read(log, 1);
            first = lastCommit(read).end();
            assertThat(rows(read)).containsExactly("+[1]", "+[2]", ";");
            Server.read(log, 1);
        }
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            assertThat(rows(Server.read(log, 2))).containsExactly("+[1]", "+[2]", ";", "+[3]", ";");
            assertThat(log.poll(Duration.ofMillis(300))).isEmpty();
        }
        try (ReplicationLog log = Server.log(address, slot("t"), first)) {
            assertThat(rows(Server.read(log, 1))).containsExactly("+[3]", ";");
            log.confirm(first);
            log.confirm(Lsn.NONE);
            awaitConfirmed(first);
        }
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            List<Logged> read = Server.read(log, 1);
            assertThat(rows(read)).containsExactly("+[3]", ";");
            log.confirm(lastCommit(read).end());
            awaitConfirmed(lastCommit(read).end());
        }
        assertThatThrownBy(() -> Server.log(address, slot("t"), first))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.LOST))
                .hasMessageContaining(" was told that nobody needs what is before ")
                .hasMessageEndingWith(" so the changes since " + first + " can't be read again");
    }

    private void awaitConfirmed(Lsn place) throws Exception {
        try (Connection connection = address.open()) {
            Slots slots = new Slots(address, connection);
            org.awaitility.Awaitility.await().until(() -> slots.slot(slot("t"))
                    .orElseThrow()
                    .confirmed()
                    .orElseThrow()
                    .equals(place));
        }
    }

    @Test
    void anIdleLogConfirmsNothingByItselfAndSaysHowFarItIs() throws Exception {
        published("t", "id int PRIMARY KEY");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE);
                Connection connection = address.open()) {
            Slots slots = new Slots(address, connection);
            Lsn before = slots.slot(slot("t")).orElseThrow().confirmed().orElseThrow();
            Server.execute(address, "INSERT INTO public.t VALUES (1)");
            List<Logged> read = Server.read(log, 1);
            log.confirm(lastCommit(read).end());
            Server.execute(address, "CREATE TABLE public.other AS SELECT generate_series(1, 10000)");
            Lsn now = new PostgresCatalog(address, connection).now();
            Server.execute(address, "SELECT pg_switch_wal()");
            org.awaitility.Awaitility.await().until(() -> {
                assertThat(log.poll(Duration.ofMillis(10)).filter(logged -> logged.message() instanceof Insert))
                        .isEmpty();
                return log.quiet().filter(place -> place.compareTo(now) >= 0).isPresent();
            });
            assertThat(slots.slot(slot("t")).orElseThrow().confirmed())
                    .contains(lastCommit(read).end());
            assertThat(before).isLessThan(lastCommit(read).end());
        }
    }

    @Test
    void aLargeTransactionIsHandedOutRowByRow() throws Exception {
        published("t", "id int PRIMARY KEY, v text");
        Server.execute(address, "INSERT INTO public.t SELECT i, 'value ' || i FROM generate_series(1, 100000) i");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            int next = 1;
            boolean isOver = false;
            while (!isOver) {
                LogMessage message =
                        log.poll(Duration.ofSeconds(10)).orElseThrow().message();
                if (message instanceof Insert insert) {
                    assertThat(insert.row().text(0)).isEqualTo(String.valueOf(next++));
                    assertThat(log.quiet()).isEmpty();
                }
                isOver = message instanceof Commit;
            }
            assertThat(next).isEqualTo(100_001);
            assertThat(log.quiet()).isPresent();
        }
    }

    @Test
    void largeValuesComeWhole() throws Exception {
        published("t", "id int PRIMARY KEY, v text");
        Server.execute(
                address,
                "INSERT INTO public.t SELECT 1, string_agg(md5(i::text), '') FROM generate_series(1, 160000) i");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            Insert insert = (Insert) Server.read(log, 1).get(2).message();
            assertThat(insert.row().text(1))
                    .hasSize(5_120_000)
                    .isEqualTo(Server.ask(address, "SELECT v FROM public.t"));
        }
    }

    @Test
    void aTableIsWhatItWasWhenTheChangeWasMade() throws Exception {
        published("t", "id int PRIMARY KEY, \"Größe in €\" numeric(10,2), gone text");
        Server.execute(
                address,
                "INSERT INTO public.t VALUES (1, 1.5, 'x')",
                "ALTER TABLE public.t ADD COLUMN added date",
                "INSERT INTO public.t VALUES (2, 2.5, 'y', '2024-02-29')",
                "ALTER TABLE public.t RENAME COLUMN added TO renamed",
                "ALTER TABLE public.t DROP COLUMN gone",
                "INSERT INTO public.t VALUES (3, 3.5, '2024-03-01')");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            // Changes of tables are transactions too, with nothing in them; newer servers leave those out.
            List<Logged> read = new java.util.ArrayList<>();
            while (rows(read).stream().filter(row -> row.startsWith("+")).count() < 3) {
                read.addAll(Server.read(log, 1));
            }
            assertThat(rows(read))
                    .filteredOn(row -> !row.equals(";"))
                    .containsExactly("+[1, 1.50, x]", "+[2, 2.50, y, 2024-02-29]", "+[3, 3.50, 2024-03-01]");
            assertThat(read.stream()
                            .filter(logged -> logged.message() instanceof Relation)
                            .map(logged -> ((Relation) logged.message())
                                    .columns().stream()
                                            .map(LogMessage.RelationColumn::name)
                                            .toList()))
                    .containsExactly(
                            List.of("id", "Größe in €", "gone"),
                            List.of("id", "Größe in €", "gone", "added"),
                            List.of("id", "Größe in €", "renamed"));
        }
    }

    @Test
    void anotherReaderIsWaitedForAndThenSaid() throws Exception {
        published("t", "id int PRIMARY KEY");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            assertThat(log.poll(Duration.ZERO)).isEmpty();
            assertThatThrownBy(() -> ReplicationLog.open(address, slot("t"), slot("t"), Lsn.NONE, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.BUSY))
                    .hasMessageStartingWith(address.inWords() + ": slot `" + slot("t")
                            + "` can't be read, the server says: replication slot \"" + slot("t")
                            + "\" is active for PID ");
        }
        Server.log(address, slot("t"), Lsn.NONE).close();
    }

    @Test
    void theEndOfAConnectionIsSaid() throws Exception {
        published("t", "id int PRIMARY KEY");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            Server.execute(
                    address,
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + slot("t")
                            + "'");
            assertThatThrownBy(() -> log.poll(Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(DatabaseFailure.class, e -> assertThat(e.kind())
                            .isEqualTo(DatabaseFailure.Kind.UNREACHABLE))
                    .hasMessageStartingWith(address.inWords() + ": the changes of slot `" + slot("t")
                            + "` can't be read, nobody answers: ");
        }
    }

    @Test
    void aSlotThatIsNotThereIsLost() {
        assertThatThrownBy(() -> Server.log(address, "no_such_slot", Lsn.NONE))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.LOST))
                .hasMessage(address.inWords()
                        + ": there is no slot `no_such_slot`, so the changes since it was read are lost");
    }

    @Test
    void aKeyThatChangesHasItsOldRowWithFullIdentityToo() throws Exception {
        published("t", "id int PRIMARY KEY, v text");
        Server.execute(
                address,
                "ALTER TABLE public.t REPLICA IDENTITY FULL",
                "INSERT INTO public.t VALUES (1, 'a')",
                "UPDATE public.t SET id = 2",
                "DELETE FROM public.t");
        try (ReplicationLog log = Server.log(address, slot("t"), Lsn.NONE)) {
            List<String> rows = new java.util.ArrayList<>();
            while (rows.size() < 3) {
                rows(Server.read(log, 1)).stream()
                        .filter(row -> !row.equals(";"))
                        .forEach(rows::add);
            }
            assertThat(rows).containsExactly("+[1, a]", "[1, a]>[2, a]", "-[2, a]");
        }
    }
}
