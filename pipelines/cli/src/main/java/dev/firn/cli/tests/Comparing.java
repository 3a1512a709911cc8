package dev.firn.cli.tests;

import dev.firn.cli.help.Paragraph;
import dev.firn.cli.preview.Cells;
import dev.firn.cli.preview.RowTable;
import dev.firn.definition.tests.ExpectedOptions.Reject;
import dev.firn.definition.yaml.Node;
import dev.firn.flink.preview.Previewed;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what came out of a test against what the file expects. */
final class Comparing {

    static final String QUARANTINE = "quarantine";
    private static final String MISSING = "-";
    private static final String SURPLUS = "+";
    private static final String BELOW = "    ";

    private final TestCase test;
    private final Previewed got;

    private Comparing(TestCase test, Previewed got) {
        this.test = test;
        this.got = got;
    }

    /** None where the test passes. */
    static List<Difference> differences(TestCase test, Previewed got) {
        return new Comparing(test, got).differences();
    }

    private List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        test.expected().tables().forEach((table, rows) -> table(table, rows, differences));
        rejects(differences);
        test.expected()
                .filtered()
                .forEach((table, records) -> count(table, "filtered", records, leftOut(table, true), differences));
        test.expected()
                .dropped()
                .forEach((table, records) -> count(table, "dropped", records, leftOut(table, false), differences));
        test.expected()
                .deduplicated()
                .forEach((table, records) -> count(table, "deduplicated", records, repeated(table), differences));
        return differences;
    }

    private long repeated(TableName table) {
        Previewed.Rows rows = got.rows().get(table);
        return rows == null ? 0 : rows.repeated();
    }

    private void table(TableName table, List<Expectation.Row> expected, List<Difference> differences) {
        Previewed.Rows rows = got.rows().getOrDefault(table, new Previewed.Rows(new TableSchema(List.of()), List.of()));
        List<String> columns =
                rows.schema().columns().stream().map(Column::name).toList();
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Previewed.Row row : rows.rows()) {
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            for (int place = 0; place < columns.size(); place++) {
                byName.put(columns.get(place), row.values().get(place));
            }
            found.add(byName);
        }
        List<Pairing.Pair<Expectation.Row, Map<String, @Nullable Object>>> pairs =
                Pairing.of(expected, found, Comparing::isThat);
        if (pairs.stream().anyMatch(pair -> pair.expected() == null || pair.got() == null)) {
            Set<String> named = new LinkedHashSet<>();
            expected.forEach(row -> named.addAll(row.cells().keySet()));
            List<String> shown = named.isEmpty() ? columns : List.copyOf(named);
            differences.add(new Difference(table.full(), head(table.full(), "row", pairs), lines(shown, pairs)));
        }
    }

    private static boolean isThat(Expectation.Row expected, Map<String, @Nullable Object> row) {
        return expected.cells().entrySet().stream()
                .allMatch(cell -> row.containsKey(cell.getKey())
                        && cell.getValue().value().is(row.get(cell.getKey())));
    }

    private static String head(String about, String what, long expected, long got) {
        return about + ": expected " + counted(expected, what) + ", got "
                + (got == 0 ? "none" : expected == 1 && got == 1 ? "another" : String.format("%,d", got));
    }

    /** As many as expected, and not the same ones. */
    private static <E, G> String head(String about, String what, List<Pairing.Pair<E, G>> pairs) {
        long expected = pairs.stream().filter(pair -> pair.expected() != null).count();
        long got = pairs.stream().filter(pair -> pair.got() != null).count();
        long others = pairs.stream().filter(pair -> pair.expected() == null).count();
        String head = head(about, what, expected, got);
        return expected == got && got > 1 ? head + String.format(", %,d of them other than expected", others) : head;
    }

    private static String counted(long number, String what) {
        return number == 0 ? "no " + what : String.format("%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String lines(
            List<String> columns, List<Pairing.Pair<Expectation.Row, Map<String, @Nullable Object>>> pairs) {
        List<String> titles = new ArrayList<>(List.of(""));
        titles.addAll(columns);
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Pairing.Pair<Expectation.Row, Map<String, @Nullable Object>> pair : pairs) {
            Expectation.Row expected = pair.expected();
            Map<String, @Nullable Object> row = pair.got();
            List<@Nullable Object> line = new ArrayList<>();
            line.add(row == null ? MISSING : expected == null ? SURPLUS : " ");
            for (String column : columns) {
                line.add(row == null ? written(expected, column) : Written.of(row.get(column)));
            }
            cells.add(line);
        }
        return new RowTable(titles, cells, Paragraph.COLUMNS - BELOW.length())
                .text()
                .indent(BELOW.length());
    }

    /** Nothing where the row says nothing of the column. */
    private static String written(Expectation.@Nullable Row row, String column) {
        Expectation.Cell cell = row == null ? null : row.cells().get(column);
        return cell == null ? "" : Written.of(cell.written());
    }

    private void rejects(List<Difference> differences) {
        List<Pairing.Pair<Reject, QuarantinedRecord>> pairs =
                Pairing.of(test.expected().rejects(), got.rejected(), Expectation::isFor);
        if (pairs.stream().allMatch(pair -> pair.expected() != null && pair.got() != null)) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (Pairing.Pair<Reject, QuarantinedRecord> pair : pairs) {
            Reject expected = pair.expected();
            QuarantinedRecord record = pair.got();
            if (record != null) {
                lines.append(line(expected == null ? SURPLUS : " ", told(record)));
            } else if (expected != null) {
                lines.append(line(MISSING, told(expected)));
            }
        }
        differences.add(new Difference(QUARANTINE, head(QUARANTINE, "record", pairs), lines.toString()));
    }

    private static String line(String mark, String told) {
        String begin = BELOW + "  " + mark + "  ";
        return Paragraph.wrapped(told, begin, " ".repeat(begin.length())) + "\n";
    }

    private static String told(Reject reject) {
        SortedMap<String, String> said = new TreeMap<>();
        reject.code().ifPresent(code -> said.put("code", code));
        reject.rule().ifPresent(rule -> said.put("rule", rule));
        reject.table().ifPresent(table -> said.put("table", table));
        reject.message().ifPresent(message -> said.put("message", message));
        return said.isEmpty()
                ? "any record"
                : said.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    private String told(QuarantinedRecord record) {
        return "code " + record.code().word()
                + record.rule().map(rule -> ", rule " + rule).orElse("")
                + record.table().map(table -> ", table " + table).orElse("")
                + place(record.record())
                + ": " + Cells.onOneLine(record.message());
    }

    private String place(RawRecord record) {
        return test.given().stream()
                .filter(given -> given.record() == record)
                .map(given -> ", given in line " + given.place().line())
                .findFirst()
                .orElse("");
    }

    private long leftOut(TableName table, boolean byWhere) {
        return got.leftOut().getOrDefault(table, new TreeMap<>()).entrySet().stream()
                .filter(rule -> rule.getKey().isEmpty() == byWhere)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void count(TableName table, String outcome, int expected, long got, List<Difference> differences) {
        if (expected != got) {
            differences.add(new Difference(table.full(), head(table.full(), outcome + " record", expected, got), ""));
        }
    }

    /** Values as a file would have them. */
    private static final class Written {

        static String of(@Nullable Object value) {
            return value == null ? "null" : Cells.shown(value);
        }

        static String of(Node node) {
            if (node instanceof Node.Mapping mapping) {
                return mapping.entries().stream()
                        .map(entry -> entry.key().text() + ": " + of(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            if (node instanceof Node.Sequence sequence) {
                return sequence.items().stream().map(Written::of).collect(Collectors.joining(", ", "[", "]"));
            }
            Node.Scalar scalar = (Node.Scalar) node;
            return scalar.isNothing() ? "null" : scalar.text();
        }
    }
}
