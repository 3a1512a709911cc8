package dev.firn.cli.preview;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of columns as a line shows them. */
public final class Cells {

    private Cells() {}

    public static String shown(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof ByteBuffer bytes) {
            return hex(bytes);
        }
        if (value instanceof byte[] bytes) {
            return hex(ByteBuffer.wrap(bytes));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + shown(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Cells::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return onOneLine(value.toString());
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copied = new byte[bytes.remaining()];
        bytes.duplicate().get(copied);
        return "0x" + HexFormat.of().formatHex(copied);
    }

    /** What could move a terminal's cursor is shown as what it is. */
    public static String onOneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character == '\n') {
                line.append("\\n");
            } else if (character == '\t') {
                line.append("\\t");
            } else if (Character.isISOControl(character)) {
                line.append(String.format("\\u%04x", character));
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }
}
