package dev.firn.cli.schema;

import dev.firn.plan.Page;
import dev.firn.schema.infer.Inferred;
import dev.firn.schema.infer.InferredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was seen in data, for people: a line for each place, then what is worth a word. */
public final class InferText {

    private static final double LEAST_SHOWN = 0.1;
    private static final int PERCENT = 100;

    private InferText() {}

    /** @param read what was, such as {@code 12 records} */
    public static String write(Inferred inferred, String read) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("path", "type", "null", "values"));
        for (InferredRow row : inferred.rows()) {
            cells.add(List.of(inALine(row.path()), row.type(), share(row), row.values()));
        }
        StringBuilder text = new StringBuilder(read).append("\n\n");
        Page.aligned(cells).forEach(line -> text.append(line).append('\n'));
        if (!inferred.remarks().isEmpty()) {
            text.append('\n');
        }
        inferred.remarks().forEach(remark -> text.append(inALine(remark)).append('\n'));
        return text.toString();
    }

    /** As people write it. */
    public static String counted(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : noun + "s");
    }

    private static String share(InferredRow row) {
        if (row.absent() == 0) {
            return row.count() == 0 ? "" : "never";
        }
        if (row.absent() == row.count()) {
            return "always";
        }
        double percent = (double) PERCENT * row.absent() / row.count();
        return percent < LEAST_SHOWN
                ? "< 0.1 %"
                : String.format(Locale.ROOT, "%.1f %%", Math.min(percent, PERCENT - LEAST_SHOWN));
    }

    /** Names are somebody else's text, which must not rewrite a terminal's line. */
    private static String inALine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
