package dev.firn.schema.given;

import dev.firn.definition.yaml.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Single values of a file as what they stand for. Times are ISO 8601, with a space in place of the {@code T} if that is liked better;
 * an instant without an offset is UTC. Bytes are hexadecimal digits behind {@code 0x}.
 */
public final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,1000}");
    private static final String BYTES = "hexadecimal digits behind `0x`, such as `0x00ff`";
    private static final String INSTANT = "an instant such as `2026-01-03T09:14:07Z`";
    private static final String LOCAL = "a time without a zone such as `2026-01-03T09:14:07`";

    /** What a text is shortened to where it is shown. */
    private static final int SHOWN = 60;

    private Scalars() {}

    public static boolean truth(Node node, String path) throws Unfit {
        String text = text(node, path, "`true` or `false`");
        if (quoted(node) || !(text.equals("true") || text.equals("false"))) {
            throw unfit(node, path, "`true` or `false`");
        }
        return text.equals("true");
    }

    /** From the smallest to the largest, both among them. */
    public static BigInteger whole(Node node, String path, long smallest, long largest) throws Unfit {
        String expected = "a whole number from " + smallest + " to " + largest;
        String text = text(node, path, expected);
        if (!WHOLE.matcher(text).matches()) {
            throw unfit(node, path, expected);
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(smallest)) < 0 || number.compareTo(BigInteger.valueOf(largest)) > 0) {
            throw unfit(node, path, expected);
        }
        return number;
    }

    public static double real(Node node, String path) throws Unfit {
        return parsed(node, path, "a number", Double::parseDouble);
    }

    public static BigDecimal decimal(Node node, String path) throws Unfit {
        return parsed(node, path, "a number", BigDecimal::new);
    }

    /** Any single value but none: a number is the text that it is written as. */
    public static String text(Node node, String path) throws Unfit {
        return text(node, path, "text");
    }

    public static byte[] bytes(Node node, String path) throws Unfit {
        return parsed(node, path, BYTES, text -> {
            if (!text.startsWith("0x")) {
                throw new IllegalArgumentException("no bytes");
            }
            return HexFormat.of().parseHex(text.substring("0x".length()));
        });
    }

    public static LocalDate date(Node node, String path) throws Unfit {
        return parsed(node, path, "a date such as `2026-01-03`", LocalDate::parse);
    }

    public static LocalTime time(Node node, String path) throws Unfit {
        return parsed(node, path, "a time such as `09:14:07`", LocalTime::parse);
    }

    public static Instant instant(Node node, String path) throws Unfit {
        return parsed(node, path, INSTANT, text -> {
            String iso = iso(text);
            boolean hasZone = iso.endsWith("Z") || iso.matches(".*T.*[+-][0-9:]+");
            return hasZone
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        });
    }

    public static LocalDateTime local(Node node, String path) throws Unfit {
        return parsed(node, path, LOCAL, text -> LocalDateTime.parse(iso(text)));
    }

    public static UUID uuid(Node node, String path) throws Unfit {
        return parsed(node, path, "a UUID", UUID::fromString);
    }

    static ByteBuffer uuidBytes(UUID uuid) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip();
    }

    private static String iso(String text) {
        return text.replaceFirst("^(\\d{4,}-\\d{2}-\\d{2}) ", "$1T");
    }

    private static <T> T parsed(Node node, String path, String expected, Function<String, T> parse) throws Unfit {
        String text = text(node, path, expected);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException no) {
            throw unfit(node, path, expected);
        }
    }

    private static String text(Node node, String path, String expected) throws Unfit {
        if (!(node instanceof Node.Scalar scalar) || scalar.isNothing()) {
            throw unfit(node, path, expected);
        }
        return scalar.text();
    }

    static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNothing();
    }

    static boolean quoted(Node node) {
        return node instanceof Node.Scalar scalar && scalar.quoted();
    }

    /** What is there is not what is expected there. */
    static Unfit unfit(Node node, String path, String expected) {
        return Unfit.at(node.span(), "`" + path + "` is " + shown(node), expected);
    }

    /** A value as a message calls it. */
    public static String shown(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return node.kind();
        }
        if (scalar.isNothing()) {
            return "null";
        }
        String text = scalar.text();
        return "`"
                + (text.codePointCount(0, text.length()) <= SHOWN
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…")
                + "`";
    }
}
