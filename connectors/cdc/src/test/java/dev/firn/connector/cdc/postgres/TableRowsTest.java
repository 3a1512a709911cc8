package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRowsTest {

    private static final PostgresAddress ADDRESS = Server.database();

    static {
        Server.execute(
                ADDRESS,
                "CREATE EXTENSION citext SCHEMA public",
                "CREATE TYPE public.size AS ENUM ('s', 'm', 'l', 'xl')",
                "CREATE DOMAIN public.code AS public.citext",
                "CREATE COLLATION public.numeric_first (provider = icu, locale = 'und-u-kn-true')");
    }

    /** In chunks of every size, and each row once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ints        | int                          | -2147483648;-1;0;7;2147483647",
                "texts       | text                         | a;B;Ä;ä;b;'';  x;x'y;x\\y;{};😀",
                "posix       | text COLLATE \"C\"           | a;B;Ä;ä;b;Z;z",
                "german      | text COLLATE \"de-x-icu\"    | a;B;Ä;ä;b;Z;z;ß;ss",
                "numbered    | text COLLATE public.numeric_first | a10;a9;a100;b1",
                "blind       | public.citext                | Alpha;beta;GAMMA;_;Zeta;äther",
                "domains     | public.code                  | Alpha;beta;GAMMA",
                "sizes       | public.size                  | xl;s;l;m",
                "padded      | char(4)                      | a;ab;abc;a b",
                "numbers     | numeric                      | 1;1.5;-1e10;1e-10;NaN;Infinity;-Infinity",
                "floats      | float8                       | 0.1;0.30000000000000004;-5e-324;NaN;Infinity;1e300",
                "instants    | timestamptz                  | 2024-01-01 00:00:00.000001+00;infinity;-infinity;0044-03-15 00:00:00+00 BC",
                "uuids       | uuid                         | 00000000-0000-0000-0000-000000000001;ffffffff-0000-0000-0000-000000000000",
                "bytes       | bytea                        | \\x;\\x00;\\xff;\\x0001",
                "lists       | int[]                        | {1};{1,2};{};{2}",
                "nets        | inet                         | 10.0.0.1;10.0.0.0/8;::1"
            })
    void everyRowComesOnceInTheOrderOfItsKey(String name, String type, String values) throws Exception {
        Server.execute(ADDRESS, "CREATE TABLE public." + name + " (v int, k " + type + " PRIMARY KEY)");
        for (String value : values.split(";")) {
            Server.execute(
                    ADDRESS,
                    "INSERT INTO public." + name + " VALUES (1, " + Sql.text(value.equals("''") ? "" : value) + ")");
        }
        SourceTable table = Server.table(ADDRESS, "public." + name);

        List<Tuple> all = Server.rows(ADDRESS, table, 1000);
        assertThat(all).hasSize(values.split(";").length).doesNotHaveDuplicates();
        for (int limit = 1; limit <= 3; limit++) {
            assertThat(Server.rows(ADDRESS, table, limit)).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @CsvSource({"int, text", "public.citext, int", "public.citext, public.citext"})
    void keysOfSeveralColumnsAreComparedAsAWhole(String first, String second) throws Exception {
        String name = "pairs_" + (first + second).replaceAll("\\W", "_");
        Server.execute(
                ADDRESS,
                "CREATE TABLE public." + name + " (b " + second + ", a " + first + ", PRIMARY KEY (a, b))",
                "INSERT INTO public." + name + " (a, b) SELECT (x / 10)::text::" + first + ", (x % 10)::text::" + second
                        + " FROM generate_series(0, 99) x");
        SourceTable table = Server.table(ADDRESS, "public." + name);

        assertThat(table.key()).containsExactly("a", "b");
        List<Tuple> rows = Server.rows(ADDRESS, table, 7);
        assertThat(rows).hasSize(100).doesNotHaveDuplicates();
        assertThat(rows.get(0)).hasToString("[0, 0]");
        assertThat(rows.get(10)).hasToString("[0, 1]");
        assertThat(rows.get(99)).hasToString("[9, 9]");
    }

    @Test
    void textsThatAreTheSameToTheirTypeAreOneKeyOfARow() throws Exception {
        Server.execute(
                ADDRESS,
                "CREATE TABLE public.same (a public.citext, b int, PRIMARY KEY (a, b))",
                "INSERT INTO public.same VALUES ('A', 1), ('a', 2), ('A', 3), ('b', 1)");
        SourceTable table = Server.table(ADDRESS, "public.same");
        assertThat(Server.rows(ADDRESS, table, 1).toString()).isEqualTo("[[A, 1], [a, 2], [A, 3], [b, 1]]");
    }

    @Test
    void namesAndTextsMayHoldAnything() throws Exception {
        Server.execute(
                ADDRESS,
                "CREATE SCHEMA \"Söme \"\"Schema\"\"\"",
                "CREATE TABLE \"Söme \"\"Schema\"\"\".\"order; DROP\" (\"Kéy'\" text PRIMARY KEY, \"select\" text, \"a.b\" text GENERATED ALWAYS AS (\"select\") STORED)",
                "INSERT INTO \"Söme \"\"Schema\"\"\".\"order; DROP\" VALUES ('it''s', E'a\\tb\\nc\\\\\\\\N'), ('\\N', '\\N'), ('', NULL)");
        SourceTable table = Server.table(ADDRESS, "Söme \"Schema\".order; DROP");

        assertThat(table.columns()).extracting(SourceColumn::generated).containsExactly(false, false, true);
        assertThat(Server.rows(ADDRESS, table, 1))
                .extracting(row -> java.util.Arrays.asList(row.text(0), row.text(1)))
                .containsExactlyInAnyOrder(
                        java.util.Arrays.asList("it's", "a\tb\nc\\\\N"),
                        java.util.Arrays.asList("\\N", "\\N"),
                        java.util.Arrays.asList("", null));
        assertThat(TableShape.of(table).keySchema().definition())
                .contains(
                        "\"name\":\"K_x00E9_y_x0027_\"",
                        "\"namespace\":\"S_x00F6_me_x0020__x0022_Schema_x0022_.order_x003B__x0020_DROP\"");
    }

    @Test
    void rowsOfTablesThatInheritAreTheirOwn() throws Exception {
        Server.execute(
                ADDRESS,
                "CREATE TABLE public.parent (id int PRIMARY KEY)",
                "CREATE TABLE public.child () INHERITS (public.parent)",
                "INSERT INTO public.parent VALUES (1)",
                "INSERT INTO public.child VALUES (2)");
        assertThat(Server.rows(ADDRESS, Server.table(ADDRESS, "public.parent"), 9))
                .hasToString("[[1]]");
    }

    @Test
    void aTableThatHasChangedSaysSo() throws Exception {
        Server.execute(ADDRESS, "CREATE TABLE public.changing (id int PRIMARY KEY, v int)");
        SourceTable table = Server.table(ADDRESS, "public.changing");
        Server.execute(ADDRESS, "ALTER TABLE public.changing ALTER v TYPE text");
        assertThatThrownBy(() -> Server.rows(ADDRESS, table, 1))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.CHANGED))
                .hasMessage(
                        ADDRESS.inWords() + ": table `public.changing` is not what it was when its rows were begun");
        Server.execute(ADDRESS, "DROP TABLE public.changing");
        assertThatThrownBy(() -> Server.rows(ADDRESS, table, 1))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class, e -> assertThat(e.kind()).isEqualTo(DatabaseFailure.Kind.CHANGED));
    }

    @Test
    void aChunkMayBeLeftAndTheConnectionGoesOn() throws Exception {
        Server.execute(
                ADDRESS,
                "CREATE TABLE public.long (id int PRIMARY KEY)",
                "INSERT INTO public.long SELECT generate_series(1, 50000)");
        SourceTable table = Server.table(ADDRESS, "public.long");
        try (Connection connection = ADDRESS.open()) {
            TableRows rows = new TableRows(new PostgresCatalog(ADDRESS, connection), table);
            try (TableRows.Chunk chunk = rows.open(Optional.empty(), 50_000)) {
                assertThat(chunk.key()).isEmpty();
                assertThat(chunk.next().orElseThrow().text(0)).isEqualTo("1");
                assertThat(chunk.key()).contains(List.of("1"));
            }
            assertThat(connection.getAutoCommit()).isTrue();
            try (TableRows.Chunk chunk = rows.open(Optional.of(List.of("49999")), 2)) {
                assertThat(chunk.next().orElseThrow().text(0)).isEqualTo("50000");
                assertThat(chunk.next()).isEmpty();
                assertThat(chunk.isLast()).isTrue();
            }
        }
    }
}
