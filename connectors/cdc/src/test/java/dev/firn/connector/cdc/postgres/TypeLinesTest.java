package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.cdc.postgres.LogMessage.Insert;
import dev.firn.connector.cdc.postgres.LogMessage.Relation;
import dev.firn.connector.cdc.postgres.ReplicationLog.Logged;
import dev.firn.connector.cdc.postgres.TypeLines.Line;
import dev.firn.connector.cdc.postgres.TypeLines.Value;
import dev.firn.definition.selector.Selector;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type by both ways, from the table's rows and from the log: the same bytes, and the value that the page says. */
class TypeLinesTest {

    private static final List<Line> LINES = TypeLines.lines();
    private static final Change.Origin ORIGIN = Change.Origin.snapshot(Lsn.NONE);

    private static final Path PAGE = Path.of("../../docs/postgres-types.md");
    private static final String START = "<!-- Made of TypeLines by TypeLinesTest. -->\n";
    private static final String END = "<!-- The end of what is made. -->\n";

    /** By table. */
    private static final Map<String, TableShape> SHAPES = new HashMap<>();

    private static final Map<String, TableShape> SHAPES_OF_LOG = new HashMap<>();
    private static final Map<String, List<Tuple>> ROWS = new HashMap<>();
    private static final Map<String, List<Tuple>> ROWS_OF_LOG = new HashMap<>();

    private static <T> T of(Map<String, T> known, String table) {
        return Objects.requireNonNull(known.get(table), table);
    }

    private static String table(Line line) {
        return "public.t" + LINES.indexOf(line);
    }

    @BeforeAll
    static void readsAllByBothWays() throws Exception {
        PostgresAddress address = Server.database();
        Server.execute(
                address,
                "CREATE EXTENSION citext SCHEMA public",
                "CREATE EXTENSION hstore SCHEMA public",
                "CREATE TYPE public.mood AS ENUM ('sad', 'very happy')",
                "CREATE DOMAIN public.cents AS numeric(12,2)",
                "CREATE TYPE public.pair AS (a int, b text)",
                "CREATE TABLE public.pair_of (a int)");
        Server.execute(
                address,
                LINES.stream()
                        .map(line ->
                                "CREATE TABLE " + table(line) + " (id int PRIMARY KEY, v " + line.type() + ", w int)")
                        .toArray(String[]::new));
        try (Connection connection = address.open()) {
            PostgresCatalog catalog = new PostgresCatalog(address, connection);
            List<SourceTable> tables = catalog.select(
                            List.of(Selector.parse("/" + Pattern.quote("public.t") + "\\d+/")), List.of())
                    .tables();
            Server.publish(address, "types", tables.toArray(SourceTable[]::new));
            Server.execute(
                    address,
                    LINES.stream()
                            .map(line -> "SET search_path = public, pg_catalog; INSERT INTO " + table(line) + " VALUES "
                                    + values(line))
                            .toArray(String[]::new));
            for (SourceTable table : tables) {
                SHAPES.put(table.name(), TableShape.of(table));
                ROWS.put(table.name(), Server.rows(address, table, 1000));
            }
            readLog(address, catalog);
        }
    }

    private static String values(Line line) {
        List<String> rows = new ArrayList<>();
        for (Value value : line.values()) {
            rows.add("(" + rows.size() + ", " + value.sql() + ", 7)");
        }
        rows.add("(" + rows.size() + ", NULL, 7)");
        return String.join(", ", rows);
    }

    private static void readLog(PostgresAddress address, PostgresCatalog catalog) throws Exception {
        Map<Integer, String> names = new HashMap<>();
        try (ReplicationLog log = Server.log(address, "types", Lsn.NONE)) {
            for (Logged logged : Server.read(log, LINES.size())) {
                if (logged.message() instanceof Relation relation) {
                    names.put(relation.oid(), relation.name());
                    SHAPES_OF_LOG.put(relation.name(), TableShape.of(relation, List.of("id"), catalog::type));
                } else if (logged.message() instanceof Insert insert) {
                    ROWS_OF_LOG
                            .computeIfAbsent(names.get(insert.relation()), name -> new ArrayList<>())
                            .add(insert.row());
                }
            }
        }
    }

    @TestFactory
    List<DynamicTest> aRowIsTheSameByBothWays() {
        return LINES.stream()
                .map(line -> DynamicTest.dynamicTest(line.type(), () -> {
                    String table = table(line);
                    assertThat(of(SHAPES_OF_LOG, table)).isEqualTo(of(SHAPES, table));
                    List<Tuple> rows = of(ROWS, table);
                    assertThat(rows).hasSize(line.values().size() + 1);
                    for (int row = 0; row < rows.size(); row++) {
                        Change read = of(SHAPES, table).encoder().snapshot(rows.get(row), ORIGIN);
                        Change logged = of(SHAPES_OF_LOG, table)
                                .encoder()
                                .snapshot(of(ROWS_OF_LOG, table).get(row), ORIGIN);
                        assertThat(logged.key()).isEqualTo(read.key());
                        assertThat(logged.value()).isEqualTo(read.value());
                        Shown shown = Shown.of(of(SHAPES, table), read);
                        assertThat(shown.column("v"))
                                .isEqualTo(
                                        row == line.values().size()
                                                ? "null"
                                                : line.values().get(row).shown());
                        assertThat(shown.column("w")).isEqualTo("7");
                        assertThat(shown.op()).isEqualTo("r");
                    }
                }))
                .toList();
    }

    private static String iceberg(Line line) throws Exception {
        return AvroColumns.ofChanges(
                        AvroSchemas.parse(of(SHAPES, table(line)).valueSchema().definition()), AvroRules.STRICT)
                .table()
                .orElseThrow()
                .column("v")
                .orElseThrow()
                .type()
                .toString();
    }

    @Test
    void thePageSaysWhatTheTableSays() throws Exception {
        StringBuilder made = new StringBuilder(
                "| Postgres | Avro | Iceberg | note | as written → as the column has it |\n|---|---|---|---|---|\n");
        for (Line line : LINES) {
            assertThat(iceberg(line)).as(line.type()).isEqualTo(line.iceberg());
            made.append("| `")
                    .append(line.type().replace("public.", ""))
                    .append("` | ")
                    .append(cell(Shown.type(of(SHAPES, table(line)), "v")))
                    .append(" | ")
                    .append(cell(line.iceberg()))
                    .append(" | ")
                    .append(line.note())
                    .append(" | ")
                    .append(line.values().stream()
                            .map(value -> cell(value.sql()) + " → " + shown(value.shown()))
                            .collect(Collectors.joining("<br>")))
                    .append(" |\n");
        }
        expectPage(made.toString());
    }

    private static String shown(String shown) {
        return shown.startsWith("quarantine: ") ? "quarantine" : cell(shown);
    }

    private static String cell(String text) {
        String visible = text.replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\b", "\\b")
                .replace("\u000b", "\\v")
                .replace("\f", "\\f")
                .replace("\r", "\\r")
                .replace("|", "\\|");
        return visible.isEmpty() ? "(empty)" : "`" + visible + "`";
    }

    private static void expectPage(String made) throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        String should =
                page.substring(0, page.indexOf(START) + START.length()) + made + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(PAGE, should, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("docs/postgres-types.md; if the code is right: mvn -pl connectors/cdc -am test -Dtest=TypeLinesTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write")
                .isEqualTo(should);
    }
}
