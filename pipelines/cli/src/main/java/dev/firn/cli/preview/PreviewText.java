package dev.firn.cli.preview;

import dev.firn.cli.help.Paragraph;
import dev.firn.flink.preview.Previewed;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.source.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link Glimpse} for people. */
public final class PreviewText {

    private PreviewText() {}

    public static String write(Glimpse glimpse) {
        StringBuilder text = new StringBuilder();
        text.append("looked at ")
                .append(counted(glimpse.looked(), "record"))
                .append(" of ")
                .append(String.format("%,d", glimpse.records()))
                .append(glimpse.ended() == Sample.Ended.OUT_OF_TIME ? ", and then the time was over" : "")
                .append("; nothing was written\n");
        Previewed previewed = glimpse.previewed();
        previewed.rows().forEach((table, rows) -> {
            int columns = rows.schema().columns().size();
            text.append("\n")
                    .append(table)
                    .append("  ")
                    .append(counted(rows.rows().size(), "row"))
                    .append(", ")
                    .append(counted(columns, "column"))
                    .append(
                            rows.replaced() == 0
                                    ? ""
                                    : "; " + counted(rows.replaced(), "record") + " before them had the same keys")
                    .append(
                            rows.repeated() == 0
                                    ? ""
                                    : "; " + counted(rows.repeated(), "record") + " more had a row already")
                    .append(rows.deletes() == 0 ? "" : "; " + counted(rows.deletes(), "delete"))
                    .append("\n");
            text.append(new RowTable(
                            rows.schema().columns().stream().map(Column::name).toList(),
                            rows.rows().stream().map(Previewed.Row::values).toList())
                    .text());
        });
        if (!previewed.rejected().isEmpty()) {
            rejected(previewed.rejected(), text);
        }
        previewed
                .leftOut()
                .forEach((table, rules) -> rules.forEach((rule, records) -> text.append("\nleft out  ")
                        .append(counted(records, "record"))
                        .append(" of ")
                        .append(table)
                        .append(rule.isEmpty() ? ", by `where`" : ", by the rule `" + rule + "`")
                        .append("\n")));
        if (previewed.tombstones() > 0) {
            text.append("\nno data  ")
                    .append(counted(previewed.tombstones(), "record"))
                    .append(" without a row\n");
        }
        return text.toString();
    }

    private static void rejected(List<QuarantinedRecord> rejected, StringBuilder text) {
        text.append("\nquarantine  ").append(counted(rejected.size(), "record")).append("\n");
        Map<String, Integer> widths = new TreeMap<>();
        rejected.forEach(record -> {
            widths.merge("code", record.code().word().length(), Math::max);
            widths.merge("place", place(record.record()).length(), Math::max);
        });
        String line = "  %-" + widths.get("code") + "s  %-" + widths.get("place") + "s  ";
        rejected.forEach(record -> text.append(Paragraph.wrapped(
                        Cells.onOneLine(record.message()),
                        String.format(line, record.code().word(), place(record.record())),
                        "      "))
                .append('\n'));
    }

    private static String place(RawRecord record) {
        return String.format(
                "%s-%d @ %,d", record.split().stream(), record.split().partition(), record.position());
    }

    private static String counted(long number, String what) {
        return String.format("%,d", number) + " " + what + (number == 1 ? "" : "s");
    }
}
