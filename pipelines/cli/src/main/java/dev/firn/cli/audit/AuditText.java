package dev.firn.cli.audit;

import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** An {@link Audit} for people, a line a partition, a table and a reason; 100 columns where names are not too long. */
public final class AuditText {

    private static final int COLUMNS = 100;
    private static final int FIGURE = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Column<T>(String title, ToLongFunction<T> figure) {}

    private final StringBuilder text = new StringBuilder();

    private AuditText() {}

    public static String write(Audit audit, TableName ledger) {
        AuditText text = new AuditText();
        text.whole(audit, ledger);
        return text.text.toString();
    }

    private void whole(Audit audit, TableName ledger) {
        if (audit.span().isEmpty()) {
            line(ledger + " has no epochs");
            return;
        }
        Audit.Span span = audit.span().orElseThrow();
        line(ledger + ": " + fromTo("epoch", span.first(), span.last()) + ", "
                + fromTo("run", span.firstRun(), span.lastRun()) + ",");
        line("written " + time(span.begin()) + " to " + time(span.end()) + " UTC");
        line("");
        partitions(audit);
        tables(audit);
        reasons(audit);
        audit.sheets().forEach(text::append);
        line(verdict(audit));
    }

    private void partitions(Audit audit) {
        List<Column<Audit.Partition>> columns = new ArrayList<>();
        columns.add(new Column<>("from", Audit.Partition::from));
        columns.add(new Column<>("to", Audit.Partition::to));
        columns.add(new Column<>("read", Audit.Partition::read));
        Stream.of(Outcome.values())
                .filter(outcome -> audit.partitions().values().stream().anyMatch(line -> line.records(outcome) != 0))
                .forEach(outcome ->
                        columns.add(new Column<>(outcome.word().replace('-', ' '), line -> line.records(outcome))));
        table(
                "Partition",
                columns,
                List.copyOf(audit.partitions().keySet()),
                Split::toString,
                split -> audit.partitions().get(split));
    }

    private void tables(Audit audit) {
        table(
                "Table",
                List.of(
                        new Column<Audit.Target>("routed", Audit.Target::routed),
                        new Column<>("in files", Audit.Target::inFiles)),
                List.copyOf(audit.tables().keySet()),
                TableName::full,
                name -> audit.tables().get(name));
    }

    private void reasons(Audit audit) {
        audit.reasons()
                .forEach((outcome, records) -> table(
                        "Why " + outcome.word().replace('-', ' '),
                        List.of(new Column<Long>("records", Long::longValue)),
                        List.copyOf(records.keySet()),
                        Function.identity(),
                        records::get));
    }

    private <K, T> void table(
            String title, List<Column<T>> columns, List<K> rows, Function<K, String> name, Function<K, T> values) {
        int first = COLUMNS - columns.size() * (FIGURE + 1);
        StringBuilder head = new StringBuilder(String.format("  %-" + (first - 2) + "s", title));
        columns.forEach(column -> head.append(String.format(" %" + FIGURE + "s", column.title())));
        line(head.toString());
        for (K row : rows) {
            String label = "    " + name.apply(row);
            if (label.length() > first) {
                line(label);
                label = "";
            }
            StringBuilder cells = new StringBuilder(String.format("%-" + first + "s", label));
            columns.forEach(column -> cells.append(
                    String.format(" %," + FIGURE + "d", column.figure().applyAsLong(values.apply(row)))));
            line(cells.toString());
        }
        line("");
    }

    private static String verdict(Audit audit) {
        return audit.balances()
                ? String.format("balances: %,d records were read, and each is accounted for", audit.read())
                : String.format(
                        "does NOT balance: the sums of %,d epochs do not hold; the first are shown above",
                        audit.unbalanced());
    }

    private static String fromTo(String what, long first, long last) {
        return first == last
                ? String.format("%s %,d", what, first)
                : String.format("%ss %,d to %,d", what, first, last);
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
