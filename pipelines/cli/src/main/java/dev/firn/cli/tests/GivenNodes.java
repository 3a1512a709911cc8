package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Java's values as a file would have them. */
final class GivenNodes {

    private GivenNodes() {}

    /** @throws IllegalArgumentException if there is no way to write such a value in a file */
    static Node of(@Nullable Object value, SourceSpan place) {
        if (value == null) {
            return new Node.Scalar("null", false, place);
        }
        if (value instanceof Map<?, ?> map) {
            return new Node.Mapping(
                    map.entrySet().stream()
                            .map(entry -> new Node.Entry(
                                    new Node.Scalar(String.valueOf(entry.getKey()), true, place),
                                    of(entry.getValue(), place)))
                            .toList(),
                    place);
        }
        if (value instanceof Collection<?> list) {
            return new Node.Sequence(list.stream().map(item -> of(item, place)).toList(), place);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes, place);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes(bytes, place);
        }
        if (value instanceof BigDecimal decimal) {
            return new Node.Scalar(decimal.toPlainString(), false, place);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return new Node.Scalar(value.toString(), false, place);
        }
        if (value instanceof CharSequence
                || value instanceof TemporalAccessor
                || value instanceof UUID
                || value instanceof Enum<?>) {
            return new Node.Scalar(value.toString(), true, place);
        }
        throw new IllegalArgumentException("a value of " + value.getClass().getName()
                + " can't be given; give maps, lists, texts, numbers, booleans, bytes, times, or an Avro record");
    }

    private static Node bytes(byte[] bytes, SourceSpan place) {
        return new Node.Scalar("0x" + HexFormat.of().formatHex(bytes), false, place);
    }
}
