package dev.firn.cli.audit;

import dev.firn.cli.audit.FigureTable.Column;
import dev.firn.cli.help.Paragraph;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An {@link AuditReport} for people, a line a partition, a table and a reason; 100 columns where names are not too long. */
public final class AuditText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    private AuditText() {}

    public static String write(AuditReport report) {
        AuditText text = new AuditText();
        text.ledger(report.sheet(), report.ledger());
        report.detached().forEach(text::detached);
        report.recount().ifPresent(recount -> text.text.append('\n').append(RecountText.write(recount)));
        return text.text.toString();
    }

    private void ledger(AuditSheet sheet, TableName ledger) {
        Audit audit = sheet.shown();
        boolean hasBefore = sheet.before().span().isPresent();
        if (audit.span().isEmpty()) {
            line(ledger + (hasBefore ? " has no epochs since then" : " has no epochs"));
            before(sheet.before());
            return;
        }
        Audit.Span span = audit.span().orElseThrow();
        line(ledger + ": " + fromTo("epoch", span.first(), span.last()) + ", "
                + fromTo("run", span.firstRun(), span.lastRun()) + ",");
        line("written " + time(span.begin()) + " to " + time(span.end()) + " UTC");
        before(sheet.before());
        rewinds(audit);
        line("");
        partitions(audit);
        tables(audit);
        reasons(audit);
        audit.sheets().forEach(text::append);
        line(verdict(audit));
    }

    private void before(Audit before) {
        if (before.span().isEmpty()) {
            return;
        }
        Audit.Span span = before.span().orElseThrow();
        List<String> sums = new ArrayList<>(List.of(String.format("%,d records read", before.read())));
        for (Outcome outcome : Outcome.values()) {
            long records = before.partitions().values().stream()
                    .mapToLong(line -> line.records(outcome))
                    .sum();
            if (records != 0) {
                sums.add(String.format("%,d %s", records, words(outcome)));
            }
        }
        String sheets =
                before.balances() ? "balanced" : String.format("of which %,d do NOT balance", before.unbalanced());
        line(Paragraph.wrapped(
                "before that " + fromTo("epoch", span.first(), span.last()) + ", " + sheets + ": "
                        + String.join(", ", sums),
                ""));
    }

    private void rewinds(Audit audit) {
        for (Rewound rewind : audit.rewinds()) {
            line(Paragraph.wrapped(
                    String.format("epoch %,d is a rewind to epoch %,d: ", rewind.at(), rewind.to())
                            + fromTo("epoch", rewind.to() + 1, rewind.at() - 1)
                            + (rewind.at() - rewind.to() == 2 ? " no longer counts" : " no longer count"),
                    ""));
        }
    }

    private void detached(AuditReport.Detached detached) {
        DetachedTable table = detached.table();
        WaitingEpochs waiting = detached.waiting();
        line(Paragraph.wrapped(
                table.table() + " is detached since " + time(table.at()) + " UTC, with epoch " + table.epoch() + ": "
                        + table.reason() + "; " + Note.count(waiting.records(), "row") + " of "
                        + Note.count(waiting.epochs(), "epoch") + (waiting.records() == 1 ? " waits" : " wait")
                        + " in the ledger until it is well",
                ""));
    }

    private void partitions(Audit audit) {
        List<Column<Map.Entry<Split, Audit.Partition>>> columns = new ArrayList<>();
        columns.add(Column.of("from", row -> row.getValue().from()));
        columns.add(Column.of("to", row -> row.getValue().to()));
        columns.add(Column.of("read", row -> row.getValue().read()));
        Stream.of(Outcome.values())
                .filter(outcome -> audit.partitions().values().stream().anyMatch(line -> line.records(outcome) != 0))
                .forEach(outcome -> columns.add(
                        Column.of(words(outcome), row -> row.getValue().records(outcome))));
        table("Partition", columns, audit.partitions());
    }

    private void tables(Audit audit) {
        table(
                "Table",
                List.of(Column.of("routed", row -> row.getValue().routed()), Column.of("in files", row -> row.getValue()
                        .inFiles())),
                audit.tables());
    }

    private void reasons(Audit audit) {
        audit.reasons()
                .forEach((outcome, records) ->
                        table("Why " + words(outcome), List.of(Column.of("records", Map.Entry::getValue)), records));
    }

    private <K, V> void table(String title, List<Column<Map.Entry<K, V>>> columns, Map<K, V> rows) {
        text.append(new FigureTable<Map.Entry<K, V>>(title, row -> row.getKey().toString(), columns)
                .text(List.copyOf(rows.entrySet())));
    }

    private static String words(Outcome outcome) {
        return outcome.word().replace('-', ' ');
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

    public static String time(Instant time) {
        return TIME.format(time);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
