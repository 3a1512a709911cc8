package dev.firn.schema.infer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.infer.NotInferable;
import dev.firn.schema.infer.TypeWords;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.schema.Nullability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as drivers describe them. */
class DatabaseTableTest {

    @TempDir
    private Path folder;

    private String url = "";

    @BeforeEach
    void create() throws SQLException {
        url = "jdbc:sqlite:" + folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"a_b\" (id INTEGER NOT NULL, line INTEGER NOT NULL, price REAL, note TEXT,"
                    + " body BLOB, PRIMARY KEY (line, id))");
            statement.execute("CREATE TABLE \"axb\" (other JSON)");
            statement.execute("CREATE VIEW seen AS SELECT id FROM \"a_b\"");
        }
    }

    private DatabaseTable of(String table, String... asText) throws NotInferable {
        return of(new Database(new Text(url), Optional.empty(), Optional.empty()), table, asText);
    }

    private DatabaseTable of(Database database, String table, String... asText) throws NotInferable {
        try (Drivers drivers = Drivers.of(List.of(), DatabaseTableTest.class.getClassLoader())) {
            return DatabaseTable.of(
                    database,
                    drivers,
                    new SystemReferences(Map.of("URL", url, "PW", "secret"), folder),
                    new DatabaseTable.Question("R", table, Set.of(asText)));
        }
    }

    @Test
    void describesTheColumnsAndTheKeyOfATable() throws NotInferable {
        DatabaseTable table = of("a_b");

        assertThat(table.rows())
                .containsExactly(
                        List.of("id", "long", "never", "integer"),
                        List.of("line", "long", "never", "integer"),
                        List.of("price", "double", "may be", "real"),
                        List.of("note", "string", "may be", "text"),
                        List.of("body", "bytes", "may be", "blob"));
        assertThat(table.remarks())
                .containsExactly(
                        "the primary key of `a_b` is `line`, `id`",
                        "SQLite does not hold values to the type of their column; what is there may be of another");
        assertThat(table.schema().fields()).extracting("name").containsExactly("id", "line", "price", "note", "body");
    }

    @Test
    void findsViewsAndNamesInAnotherCase() throws NotInferable {
        assertThat(of("seen").remarks()).contains("`seen` has no primary key");
        assertThat(of("A_B").rows()).hasSize(5);
        assertThatThrownBy(() -> of("none")).hasMessage("the database has no table `none` that its user can see");
    }

    @Test
    void neverTakesATypeForATextUnlessItIsTold() throws NotInferable {
        assertThatThrownBy(() -> of("axb"))
                .hasMessage(
                        "`axb` has columns of types that no type of Avro keeps: `other` (json); cast them in a view, or take"
                                + " them as texts with `--as-text NAME`");
        assertThat(of("axb", "other").rows()).containsExactly(List.of("other", "string", "may be", "json"));
        assertThatThrownBy(() -> of("axb", "other", "outer")).hasMessage("`axb` has no column `outer`");
    }

    @Test
    void showsNoSecret() throws NotInferable {
        assertThat(of(new Database(new Text("${env:URL}"), Optional.empty(), Optional.empty()), "seen")
                        .rows())
                .hasSize(1);
        assertThatThrownBy(() -> of(
                        new Database(
                                new Text("jdbc:sqlite:/none/secret/${env:PW}"),
                                Optional.empty(),
                                Optional.of(new Text("${env:PW}"))),
                        "seen"))
                .hasMessageStartingWith("`jdbc:sqlite:/none/secret/${env:PW}` can't be reached: ")
                .hasMessageNotContaining("secret/secret");
        for (String open : List.of("jdbc:x://h/d?user=a&password=b", "jdbc:x://a:b@h/d", "jdbc:x://h;PWD=b")) {
            assertThatThrownBy(() -> of(new Database(new Text(open), Optional.empty(), Optional.empty()), "t"))
                    .hasMessage(
                            "the url holds a password, which is in the shell's history and in every list of processes; leave"
                                    + " it out and write `--password '${env:X}'`");
        }
    }

    @Test
    void saysWhereADriverComesFrom() {
        assertThatThrownBy(() ->
                        of(new Database(new Text("jdbc:oracle:thin:@h"), Optional.empty(), Optional.empty()), "t"))
                .hasMessage(
                        "no driver takes `jdbc:oracle:...`: Firn has those of Postgres and SQLite; get the database's own, a"
                                + " jar, and add `--driver JAR`");
        assertThatThrownBy(() -> Drivers.of(List.of(folder.resolve("x.jar")), DatabaseTableTest.class.getClassLoader()))
                .hasMessage("there is no file `" + folder.resolve("x.jar") + "`");
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, BIT, bool, 1, 0, boolean",
        "PostgreSQL, BIT, bit, 8, 0, none",
        "PostgreSQL, SMALLINT, int2, 5, 0, int",
        "PostgreSQL, INTEGER, serial, 10, 0, int",
        "PostgreSQL, BIGINT, int8, 19, 0, long",
        "PostgreSQL, REAL, float4, 8, 8, float",
        "PostgreSQL, DOUBLE, float8, 17, 17, double",
        "PostgreSQL, DOUBLE, money, 17, 17, none",
        "PostgreSQL, NUMERIC, numeric, 10, 2, 'decimal(10, 2)'",
        "PostgreSQL, NUMERIC, numeric, 0, 0, none",
        "PostgreSQL, NUMERIC, numeric, 2, 5, none",
        "PostgreSQL, VARCHAR, text, 2147483647, 0, string",
        "PostgreSQL, VARCHAR, mood, 2147483647, 0, none",
        "PostgreSQL, CHAR, bpchar, 3, 0, string",
        "PostgreSQL, OTHER, uuid, 2147483647, 0, uuid",
        "PostgreSQL, OTHER, jsonb, 2147483647, 0, none",
        "PostgreSQL, ARRAY, _int4, 10, 0, none",
        "PostgreSQL, BINARY, bytea, 2147483647, 0, bytes",
        "PostgreSQL, DATE, date, 13, 0, date",
        "PostgreSQL, TIME, time, 15, 6, time-micros",
        "PostgreSQL, TIME, timetz, 21, 6, none",
        "PostgreSQL, TIMESTAMP, timestamp, 29, 6, local-timestamp-micros",
        "PostgreSQL, TIMESTAMP, timestamptz, 35, 6, timestamp-micros",
        "Oracle, TIMESTAMP, TIMESTAMP(9), 11, 9, local-timestamp-nanos",
        "Oracle, TIMESTAMP_WITH_TIMEZONE, TIMESTAMP(6) WITH TIME ZONE, 13, 6, timestamp-micros",
        "MySQL, TIMESTAMP, TIMESTAMP, 19, 0, timestamp-micros",
        "MySQL, TIMESTAMP, DATETIME, 19, 0, local-timestamp-micros",
        "MySQL, INTEGER, INT UNSIGNED, 10, 0, uint32",
        "MySQL, BIGINT, BIGINT UNSIGNED, 20, 0, uint64",
        "MySQL, CHAR, ENUM, 3, 0, none",
        "Microsoft SQL Server, CHAR, uniqueidentifier, 36, 0, uuid",
        "SQLite, INTEGER, INTEGER, 2000000000, 0, long",
        "SQLite, FLOAT, DECIMAL, 2000000000, 10, none"
    })
    void givesEachTypeOneThatKeepsItOrNone(
            String product, String type, String name, int size, int digits, String expected) throws Exception {
        int number = Types.class.getField(type).getInt(null);
        Optional<Shape> shape = new ColumnShapes(product)
                .of(new TableColumn("c", number, name, size, digits, Nullability.OPTIONAL, Optional.empty()));

        assertThat(shape.map(TypeWords::of).orElse("none")).isEqualTo(expected);
    }
}
