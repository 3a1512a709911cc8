package dev.firn.connector.cdc.postgres.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.cdc.Startup;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.Server;
import dev.firn.schema.DatabaseChanges;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading ends anywhere, and goes on from what a checkpoint of that moment has. */
class ReadingAgainTest {

    private static final int ROWS = 50;
    private static final int CUTS = 30;

    /** A fetch returns after a moment also where nothing has come, so that no interrupt ends a reader that gets nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresAddress database = Server.database();
    private final Handover handover = new Handover();

    @Test
    @Timeout(60)
    void aRestartAnywhereInTheLogGoesOnWithTheVeryNextChange() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY, note text)", "CREATE TABLE b (id int PRIMARY KEY, note text)");
        ReadState rows = new ReadState(DatabaseSplit.NEW);
        try (DatabaseFetcher first = fetcher("again")) {
            open(first, DatabaseSplit.NEW);
            read(first, Step.RowsRead.class::isInstance, 2).forEach(rows::passed);
        }
        Random random = new Random(7);
        for (int transaction = 0; transaction < 10; transaction++) {
            int from = transaction * 10;
            execute("BEGIN; INSERT INTO a SELECT n, 'a' || n FROM generate_series(" + from + ", " + (from + 9) + ") n;"
                    + " INSERT INTO b VALUES (" + from + ", 'b'); UPDATE a SET note = note || '!' WHERE id % 3 = 0;"
                    + " UPDATE a SET id = id + 100000 WHERE id = " + (from + 1) + "; DELETE FROM a WHERE id = "
                    + (from + 2) + "; COMMIT");
        }
        DatabaseSplit opened = rows.split();
        List<Step> all;
        try (DatabaseFetcher whole = fetcher("again")) {
            open(whole, opened);
            all = read(whole, Step.Boundary.class::isInstance, 10);
        }
        List<String> records = records(all);
        assertThat(records).hasSizeGreaterThan(200);
        for (int cut = 0; cut < CUTS; cut++) {
            int at = random.nextInt(all.size());
            ReadState state = new ReadState(opened);
            all.subList(0, at).forEach(state::passed);
            try (DatabaseFetcher again = fetcher("again")) {
                open(again, saved(state.split()));
                List<String> rest = new ArrayList<>();
                int wanted = records.size() - records(all.subList(0, at)).size();
                Deadline deadline = Deadline.fromNow(PATIENCE);
                while (rest.size() < wanted) {
                    assertThat(deadline.hasTimeLeft())
                            .as("cut at %d, read so far: %s", at, rest)
                            .isTrue();
                    rest.addAll(records(steps(again)));
                }
                assertThat(rest)
                        .as("cut at %d", at)
                        .isEqualTo(records.subList(records.size() - wanted, records.size()));
            }
        }
    }

    @Test
    @Timeout(60)
    void aRestartAmongTheRowsGoesOnWithTheVeryNextRow() throws Exception {
        execute(
                "CREATE TABLE a (k text, n int, PRIMARY KEY (k, n))",
                "INSERT INTO a SELECT 'k' || n % 7, n FROM generate_series(1, " + ROWS + ") n");
        List<Step> all;
        try (DatabaseFetcher whole = fetcher("rows")) {
            open(whole, DatabaseSplit.NEW);
            all = read(whole, Step.RowsRead.class::isInstance, 1);
        }
        List<String> records = records(all);
        assertThat(records).hasSize(ROWS);
        for (int at = 2; at < all.size(); at += 5) {
            ReadState state = new ReadState(DatabaseSplit.NEW);
            all.subList(0, at).forEach(state::passed);
            try (DatabaseFetcher again = fetcher("rows")) {
                open(again, saved(state.split()));
                List<String> rest = records(read(again, Step.RowsRead.class::isInstance, 1));
                assertThat(rest).as("cut at %d", at).isEqualTo(records.subList(ROWS - rest.size(), ROWS));
                assertThat(rest).hasSize(ROWS - records(all.subList(0, at)).size());
            }
        }
    }

    @Test
    @Timeout(60)
    void aSlotThatHasLetGoWhatIsNeededIsRefusedAndSoIsOneThatIsGone() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY)");
        DatabaseSplit early;
        try (DatabaseFetcher first = fetcher("late")) {
            open(first, DatabaseSplit.NEW);
            ReadState state = new ReadState(DatabaseSplit.NEW);
            read(first, Step.RowsRead.class::isInstance, 1).forEach(state::passed);
            early = state.split();
        }
        execute("INSERT INTO a VALUES (1)", "SELECT pg_replication_slot_advance('firn_late', pg_current_wal_lsn())");
        try (DatabaseFetcher late = fetcher("late")) {
            assertThatThrownBy(() -> open(late, early))
                    .rootCause()
                    .hasMessageContaining("slot `firn_late` has let go what is before");
        }
        execute("SELECT pg_drop_replication_slot('firn_late')");
        try (DatabaseFetcher gone = fetcher("late")) {
            assertThatThrownBy(() -> open(gone, early))
                    .rootCause()
                    .hasMessageContaining("the database has no slot `firn_late` any more");
        }
    }

    /** A transaction may be in the log before its rows are seen: rows are read behind all that were under way. */
    @Test
    @Timeout(60)
    void rowsAreReadWhenWhatWasUnderWayIsOver() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY)", "INSERT INTO a VALUES (1)");
        try (DatabaseFetcher fetcher = fetcher("settling");
                var connection = database.open()) {
            open(fetcher, DatabaseSplit.NEW);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("INSERT INTO public.a VALUES (2)");
            }
            List<Step> before = new ArrayList<>();
            for (int look = 0; look < 5; look++) {
                before.addAll(steps(fetcher));
            }
            assertThat(records(before)).isEmpty();
            connection.commit();
            assertThat(records(read(fetcher, Step.RowsRead.class::isInstance, 1)))
                    .hasSize(2);
        }
    }

    /** Writers keep the order of each split alone, and all of it at a barrier. */
    @Test
    @Timeout(60)
    void changesWaitForABarrierBehindTheRows() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY)", "INSERT INTO a VALUES (1)");
        try (DatabaseFetcher fetcher = fetcher("barrier")) {
            open(fetcher, DatabaseSplit.NEW);
            handover.barrier(DatabaseSplit.NEW);
            ReadState state = new ReadState(DatabaseSplit.NEW);
            read(fetcher, Step.Row.class::isInstance, 1).forEach(step -> {
                if (!(step instanceof Step.RowsRead)) {
                    state.passed(step);
                }
            });
            handover.barrier(state.split());
            execute("DELETE FROM a");
            List<Step> early = new ArrayList<>();
            for (int look = 0; look < 20; look++) {
                early.addAll(steps(fetcher));
            }
            assertThat(records(early)).isEmpty();
            state.passed(new Step.RowsRead(state(), "public.a"));
            handover.barrier(state.split());
            assertThat(records(read(fetcher, Step.Change.class::isInstance, 1))).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void aTableThatHasLeftThePublicationIsNotReadOnAsIfNothingHadBeen() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
        ReadState state = new ReadState(DatabaseSplit.NEW);
        try (DatabaseFetcher first = fetcher("left")) {
            open(first, DatabaseSplit.NEW);
            read(first, Step.RowsRead.class::isInstance, 2).forEach(state::passed);
        }
        try (DatabaseFetcher without = fetcher("left", "public.a")) {
            open(without, state.split());
        }
        assertThat(Server.ask(
                        database,
                        "SELECT string_agg(tablename, ',') FROM pg_publication_tables WHERE pubname = 'firn_left'"))
                .isEqualTo("a");
        try (DatabaseFetcher again = fetcher("left")) {
            assertThatThrownBy(() -> open(again, state.split()))
                    .rootCause()
                    .hasMessageContaining("publication `firn_left` lacks `public.b`, which source `crm` has followed");
        }
    }

    @Test
    @Timeout(60)
    void aTableThatIsCalledOtherwiseNowEndsReading() throws Exception {
        execute("CREATE TABLE a (id int PRIMARY KEY)");
        ReadState state = new ReadState(DatabaseSplit.NEW);
        try (DatabaseFetcher fetcher = fetcher("renamed")) {
            open(fetcher, DatabaseSplit.NEW);
            read(fetcher, Step.RowsRead.class::isInstance, 1).forEach(state::passed);
            handover.barrier(state.split());
            execute("ALTER TABLE a RENAME TO c", "INSERT INTO c VALUES (1)");
            assertThatThrownBy(() -> read(fetcher, Step.Change.class::isInstance, 1))
                    .rootCause()
                    .hasMessageContaining("table `public.a`, which source `crm` follows, is called `public.c` now");
        }
    }

    private static SourceEvent state() {
        return new SourceEvent.PositionReached(new Split("crm", "log", 0, ""), 0);
    }

    private void execute(String... statements) {
        List<String> all =
                new ArrayList<>(List.of("SET search_path = public, pg_catalog", "SET synchronous_commit = on"));
        all.addAll(List.of(statements));
        Server.execute(database, all.toArray(String[]::new));
    }

    private DatabaseFetcher fetcher(String name) {
        String all = Server.ask(
                database,
                "SELECT string_agg('public.' || relname, ',' ORDER BY relname) FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
        return fetcher(name, all.split(","));
    }

    private DatabaseFetcher fetcher(String name, String... tables) {
        return new DatabaseFetcher(
                new DatabaseFetcher.Reading(
                        "crm",
                        database,
                        List.of(tables),
                        Startup.INITIAL,
                        "firn_" + name,
                        "firn_" + name,
                        StartPositions.none()),
                DatabaseChanges.memory(new ShelfName(name, 1, "crm")),
                new Confirmed(),
                handover);
    }

    private static void open(DatabaseFetcher fetcher, DatabaseSplit split) {
        fetcher.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    }

    private static DatabaseSplit saved(DatabaseSplit split) throws IOException {
        DatabaseSplitSerializer serializer = new DatabaseSplitSerializer();
        DatabaseSplit read = serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
        assertThat(read).isEqualTo(split);
        return read;
    }

    private static List<Step> read(DatabaseFetcher fetcher, Predicate<Step> counted, int wanted) {
        List<Step> all = new ArrayList<>();
        Deadline deadline = Deadline.fromNow(PATIENCE);
        while (all.stream().filter(counted).count() < wanted) {
            assertThat(deadline.hasTimeLeft()).as("read so far: %s", all).isTrue();
            all.addAll(steps(fetcher));
        }
        return all;
    }

    private static List<Step> steps(DatabaseFetcher fetcher) {
        RecordsWithSplitIds<Step> batch = fetcher.fetch();
        List<Step> steps = new ArrayList<>();
        while (batch.nextSplit() != null) {
            for (Step step = batch.nextRecordFromSplit(); step != null; step = batch.nextRecordFromSplit()) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Where each is and what it says, for people. */
    private static List<String> records(List<Step> steps) {
        return steps.stream()
                .map(Step::event)
                .filter(RawRecord.class::isInstance)
                .map(RawRecord.class::cast)
                .map(record -> record.split() + " @ " + record.position() + " " + text(record.key()) + " "
                        + text(record.value()))
                .toList();
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }
}
