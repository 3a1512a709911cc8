package dev.firn.quality.expression;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an expression is for each of the sample rows, printed so that it does not matter who has said it. */
record Answers(String expression, String type, List<String> values) {

    static final String FAILED = "fails";

    Answers {
        values = List.copyOf(values);
    }

    /** Firn's. */
    static Answers of(String text) {
        Compiled<Expression> compiled = SampleRows.COMPILER.compile(text);
        if (compiled.value().isEmpty()) {
            return new Answers(
                    text,
                    "refused",
                    compiled.problems().stream().map(Problem::message).toList());
        }
        Expression expression = compiled.value().orElseThrow();
        List<String> values = new ArrayList<>();
        for (@Nullable Object[] row : SampleRows.all()) {
            try {
                values.add(print(expression.evaluate(row)));
            } catch (ExpressionFailed failed) {
                values.add(FAILED);
            }
        }
        return new Answers(text, expression.type().toString(), values);
    }

    static String print(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof OffsetDateTime instant) {
            return instant.toInstant().toString();
        }
        if (value instanceof Object[] array) {
            return print(Arrays.asList(array));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Answers::print).sorted().collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map).toString();
        }
        return value instanceof String text
                ? "'" + text.replace("\u0000", "\\0").replace("\n", "\\n") + "'"
                : value == null ? "NULL" : value.toString();
    }

    /** One line in the file of answers, or more. */
    String printed() {
        return expression + "\n  " + type + (values.isEmpty() ? "" : ": " + String.join(" | ", values));
    }
}
