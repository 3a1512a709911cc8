package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.cdc.postgres.LogMessage.Delete;
import dev.firn.connector.cdc.postgres.LogMessage.Insert;
import dev.firn.connector.cdc.postgres.LogMessage.Relation;
import dev.firn.connector.cdc.postgres.LogMessage.Truncate;
import dev.firn.connector.cdc.postgres.LogMessage.Update;
import dev.firn.connector.cdc.postgres.ReplicationLog.Logged;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowEncoderTest {

    private static final PostgresAddress ADDRESS = Server.database();
    private static final Change.Origin ORIGIN = new Change.Origin(
            new Lsn(16), Optional.of(new Change.Transaction(-1, Instant.parse("2024-01-01T00:00:00.000001Z"))));
    private static final String LARGE = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) i)";

    /** What changes of a table become, as `op key row`. */
    private static List<String> changes(
            String name, int commits, List<String> key, String columns, String... statements) throws Exception {
        Server.execute(ADDRESS, "CREATE TABLE public." + name + " (" + columns + ")");
        Server.publish(ADDRESS, "encoder_" + name, Server.table(ADDRESS, "public." + name));
        Server.execute(ADDRESS, statements);
        List<String> changes = new ArrayList<>();
        try (ReplicationLog log = Server.log(ADDRESS, "encoder_" + name, Lsn.NONE);
                Connection connection = ADDRESS.open()) {
            PostgresCatalog catalog = new PostgresCatalog(ADDRESS, connection);
            TableShape shape = TableShape.of(Server.table(ADDRESS, "public." + name));
            for (Logged logged : Server.read(log, commits)) {
                LogMessage message = logged.message();
                if (message instanceof Relation relation) {
                    shape = TableShape.of(relation, key, catalog::type);
                    continue;
                }
                for (Change change : encoded(shape, message)) {
                    changes.add(shown(shape, change));
                }
            }
        }
        return changes;
    }

    private static List<Change> encoded(TableShape shape, LogMessage message) {
        if (message instanceof Insert insert) {
            return List.of(shape.encoder().insert(insert.row(), ORIGIN));
        }
        if (message instanceof Update update) {
            return shape.encoder().update(update.before(), update.row(), ORIGIN);
        }
        if (message instanceof Delete delete) {
            return List.of(shape.encoder().delete(delete.before(), ORIGIN));
        }
        return message instanceof Truncate ? List.of(shape.encoder().truncate(ORIGIN)) : List.of();
    }

    private static String shown(TableShape shape, Change change) {
        Shown shown = Shown.of(shape, change);
        assertThat(shown.op()).isEqualTo(String.valueOf(change.op()));
        String row = shown.hasRow()
                ? " "
                        + shape.columns().stream()
                                .map(column -> shown.column(column.field()))
                                .map(value -> value.length() > 80 && !value.startsWith("quarantine")
                                        ? value.length() + " characters"
                                        : value)
                                .toList()
                : "";
        return change.op() + (change.key() == null ? "" : " " + Shown.key(shape, change)) + row;
    }

    @Test
    void anUpdateOfAKeyIsADeleteAndAnInsert() throws Exception {
        assertThat(changes(
                        "keys",
                        5,
                        List.of("a", "b"),
                        "b text, v int, a int, PRIMARY KEY (a, b)",
                        "INSERT INTO public.keys VALUES ('x', 1, 10)",
                        "UPDATE public.keys SET v = 2",
                        "UPDATE public.keys SET b = 'y'",
                        "DELETE FROM public.keys",
                        "TRUNCATE public.keys"))
                .containsExactly(
                        "c [10, x] [x, 1, 10]",
                        "u [10, x] [x, 2, 10]",
                        "d [10, x]",
                        "c [10, y] [y, 2, 10]",
                        "d [10, y]",
                        "t");
    }

    @Test
    void aValueThatWasNotSentIsSaidToBeSo() throws Exception {
        assertThat(changes(
                        "toast",
                        4,
                        List.of("id"),
                        "id int PRIMARY KEY, v int, large text",
                        "ALTER TABLE public.toast ALTER large SET STORAGE EXTERNAL; INSERT INTO public.toast VALUES (1, 1, "
                                + LARGE + ")",
                        "UPDATE public.toast SET v = 2",
                        "UPDATE public.toast SET id = 2",
                        "UPDATE public.toast SET large = '__debezium_unavailable_value'"))
                .containsExactly(
                        "c [1] [1, 1, 12800 characters]",
                        "u [1] [1, 2, quarantine: has not changed and was not sent, and what it is nobody knows here]",
                        "d [1]",
                        "c [2] [2, 2, quarantine: has not changed and was not sent, and what it is nobody knows here]",
                        "u [2] [2, 2, __debezium_unavailable_value]");
    }

    @Test
    void withFullIdentityItIsTakenFromTheRowOfBefore() throws Exception {
        assertThat(changes(
                        "whole",
                        4,
                        List.of("id"),
                        "id int PRIMARY KEY, v int, large text",
                        "ALTER TABLE public.whole ALTER large SET STORAGE EXTERNAL; ALTER TABLE public.whole REPLICA IDENTITY FULL;"
                                + " INSERT INTO public.whole VALUES (1, 1, " + LARGE + ")",
                        "UPDATE public.whole SET v = 2",
                        "UPDATE public.whole SET id = 2",
                        "DELETE FROM public.whole"))
                .containsExactly(
                        "c [1] [1, 1, 12800 characters]",
                        "u [1] [1, 2, 12800 characters]",
                        "d [1]",
                        "c [2] [2, 2, 12800 characters]",
                        "d [2]");
    }

    @Test
    void aKeyThatDoesNotFitIsSaidOfItsDeleteToo() throws Exception {
        Server.execute(ADDRESS, "CREATE TABLE public.endless (d date PRIMARY KEY, v int)");
        TableShape shape = TableShape.of(Server.table(ADDRESS, "public.endless"));
        Tuple row = new Tuple(new byte[][] {TypeCodecs.utf8("infinity"), TypeCodecs.utf8("1")});
        Change insert = shape.encoder().insert(row, ORIGIN);
        Change delete = shape.encoder().delete(new Tuple(new byte[][] {TypeCodecs.utf8("infinity"), null}), ORIGIN);

        assertThat(insert.flawed()).isTrue();
        assertThat(Shown.of(shape, insert).column("d"))
                .isEqualTo("quarantine: is `infinity`, which is no date of a column");
        assertThat(delete.flawed()).isTrue();
        assertThat(Shown.of(shape, delete).column("d"))
                .isEqualTo("quarantine: is `infinity`, which is no date of a column");
        assertThat(Shown.of(shape, insert).envelope().get("source"))
                .hasToString("{\"lsn\": 16, \"xid\": 4294967295, \"committed\": 1704067200000001}");
    }

    @Test
    void anotherKeyIsNotTakenForTheSame() {
        Relation relation = new Relation(
                1,
                "public",
                "t",
                'd',
                List.of(
                        new LogMessage.RelationColumn(true, "a", 23, -1),
                        new LogMessage.RelationColumn(false, "b", 23, -1)));
        assertThatThrownBy(() -> TableShape.of(relation, List.of("b"), PostgresType::unknown))
                .isInstanceOf(TableShape.KeyChanged.class)
                .hasMessage(
                        "rows of table `public.t` were known by `b`, and changes say `a` now, so the table has to be read anew");
    }

    @Test
    void idsOfSchemasAreTheSameEverywhere() {
        assertThat(new FramedSchema("\"int\"").id())
                .isEqualTo(new FramedSchema("\"int\"").id())
                .isNotNegative();
        assertThat(new FramedSchema("\"int\"").id()).isNotEqualTo(new FramedSchema("\"long\"").id());
    }
}
