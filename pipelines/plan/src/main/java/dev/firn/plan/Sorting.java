package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.SortField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code sort-by} of a table with the place it came from.
 *
 * @param span of all of it
 */
record Sorting(List<Placed> placed, SourceSpan span) {

    private static final String EXPECTED = "a column, or a column and `desc`, such as `placed_at desc`";

    /** As SQL would have it: a direction in any case, and where nulls go. */
    private static final Pattern SPELLED_OUT =
            Pattern.compile("([^,()\\s]+)\\s+(asc|desc)(\\s+nulls\\s+(first|last))?", Pattern.CASE_INSENSITIVE);

    record Placed(SortField field, SourceSpan span) {}

    /** What an entry says, without what is wrong with it. */
    static Sorting read(Bound<TableOptions> entry, Diagnostics diagnostics) {
        List<Placed> placed = new ArrayList<>();
        List<String> items = entry.options().sortBy();
        for (int index = 0; index < items.size(); index++) {
            SourceSpan span = entry.span("sort-by", index);
            for (String part : items.get(index).split(",", -1)) {
                read(part.trim(), placed, span, diagnostics);
            }
        }
        return new Sorting(List.copyOf(placed), entry.span("sort-by"));
    }

    private static void read(String part, List<Placed> placed, SourceSpan span, Diagnostics diagnostics) {
        Optional<SortField> field = SortField.parse(part);
        if (field.isEmpty()) {
            diagnostics.report(noField(part, span));
        } else if (placed.stream()
                .anyMatch(other -> other.field().column().equals(field.get().column()))) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.INVALID_SORT_ORDER,
                            span,
                            "`sort-by` holds `" + field.get().column() + "` twice")
                    .fixedBy("remove one of them"));
        } else {
            placed.add(new Placed(field.get(), span));
        }
    }

    private static Diagnostic noField(String part, SourceSpan span) {
        String message = part.isEmpty()
                ? "a column to sort by is missing beside a comma"
                : "`" + part + "` is no column to sort by";
        Diagnostic diagnostic =
                Diagnostic.error(PlanCode.INVALID_SORT_ORDER, span, message).expecting(EXPECTED);
        Matcher spelledOut = SPELLED_OUT.matcher(part);
        if (!spelledOut.matches()) {
            return diagnostic;
        }
        boolean falls = spelledOut.group(2).equalsIgnoreCase("desc");
        return diagnostic.fixedBy("write `" + spelledOut.group(1) + (falls ? " desc" : "") + "`; nulls come "
                + (falls ? "last" : "first"));
    }

    List<SortField> fields() {
        return placed.stream().map(Placed::field).toList();
    }
}
