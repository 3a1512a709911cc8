package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.PartitionTransform.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code partition-by} of a table with the place it came from. */
record Partitioning(List<Placed> placed) {

    static final Partitioning NONE = new Partitioning(List.of());

    private static final String EXPECTED =
            "a column, or `year(c)`, `month(c)`, `day(c)`, `hour(c)`, `bucket(c, n)`, `truncate(c, n)`";

    private static final List<String> WORDS =
            Arrays.stream(Kind.values()).map(Kind::word).toList();
    private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\((.*)\\)");
    private static final Pattern NUMBER_FIRST = Pattern.compile("\\s*(\\d+)\\s*,\\s*([^,]*[^,\\s])\\s*");

    private record Part(String text, SourceSpan span) {}

    record Placed(PartitionTransform transform, SourceSpan span) {}

    /** What an entry says, without what is wrong with it. */
    static Partitioning read(Bound<TableOptions> entry, Diagnostics diagnostics) {
        List<Placed> placed = new ArrayList<>();
        for (Part part : parts(entry)) {
            Optional<PartitionTransform> transform = PartitionTransform.parse(part.text());
            Optional<Diagnostic> complaint = transform.isEmpty()
                    ? Optional.of(noTransform(part.text().trim(), part.span()))
                    : clash(transform.get(), placed, part.span());
            complaint.ifPresentOrElse(
                    diagnostics::report,
                    () -> transform.ifPresent(known -> placed.add(new Placed(known, part.span()))));
        }
        return new Partitioning(List.copyOf(placed));
    }

    /** YAML cuts {@code [bucket(id, 16)]} in two where nobody quotes it; what was open at a cut is put together again. */
    private static List<Part> parts(Bound<TableOptions> entry) {
        List<Part> parts = new ArrayList<>();
        List<String> items = entry.options().partitionBy();
        int first = 0;
        while (first < items.size()) {
            StringBuilder text = new StringBuilder(items.get(first));
            int next = first + 1;
            while (next < items.size() && endsInParentheses(text)) {
                text.append(", ").append(items.get(next++));
            }
            SourceSpan span = entry.span("partition-by", first);
            splitOutsideParentheses(text.toString()).forEach(part -> parts.add(new Part(part, span)));
            first = next;
        }
        return parts;
    }

    private static boolean endsInParentheses(CharSequence text) {
        return text.chars().filter(character -> character == '(').count()
                > text.chars().filter(character -> character == ')').count();
    }

    /** Iceberg takes a transform of a column once, and of all that cut time into spans only one. */
    private static Optional<Diagnostic> clash(PartitionTransform transform, List<Placed> placed, SourceSpan span) {
        return placed.stream()
                .map(Placed::transform)
                .filter(other -> other.column().equals(transform.column()))
                .filter(other -> excludes(other.kind(), transform.kind()))
                .findFirst()
                .map(other -> Diagnostic.error(
                                PlanCode.PARTITION_CLASH,
                                span,
                                other.equals(transform)
                                        ? "`" + transform + "` stands here twice"
                                        : "`" + transform + "` and `" + other + "` can't both partition a table")
                        .fixedBy("remove one of them"));
    }

    private static boolean excludes(Kind one, Kind other) {
        return one == other || (isTime(one) && isTime(other));
    }

    private static boolean isTime(Kind kind) {
        return kind == Kind.YEAR || kind == Kind.MONTH || kind == Kind.DAY || kind == Kind.HOUR;
    }

    private static Diagnostic noTransform(String part, SourceSpan span) {
        String message = part.isEmpty()
                ? "a partition transform is missing beside a comma"
                : "`" + part.replaceAll("\\s+", " ") + "` is no partition transform";
        Diagnostic diagnostic = Diagnostic.error(PlanCode.INVALID_PARTITION_TRANSFORM, span, message)
                .expecting(EXPECTED);
        if (part.lines().count() > 1) {
            return diagnostic.fixedBy("put a comma between transforms");
        }
        return mended(part)
                .map(transform -> diagnostic.fixedBy("write `" + transform + "`"))
                .orElse(diagnostic);
    }

    /** What was probably meant by {@code days(c)}, as Spark spells it, or by {@code bucket(16, c)}. */
    private static Optional<PartitionTransform> mended(String part) {
        Matcher call = CALL.matcher(part);
        if (!call.matches()) {
            return Optional.empty();
        }
        String word = call.group(1).toLowerCase(Locale.ROOT);
        if (word.equals("identity")) {
            return PartitionTransform.parse(call.group(2).trim());
        }
        if (word.equals("date")) {
            return PartitionTransform.parse("day(" + call.group(2) + ")");
        }
        String arguments = NUMBER_FIRST.matcher(call.group(2)).replaceFirst("$2, $1");
        return Suggestion.nearest(word, WORDS)
                .flatMap(nearest -> PartitionTransform.parse(nearest + "(" + arguments + ")"));
    }

    List<PartitionTransform> transforms() {
        return placed.stream().map(Placed::transform).toList();
    }

    private static List<String> splitOutsideParentheses(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == ',' && depth <= 0) {
                parts.add(text.substring(start, index));
                start = index + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
