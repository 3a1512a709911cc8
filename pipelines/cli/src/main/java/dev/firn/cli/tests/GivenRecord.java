package dev.firn.cli.tests;

import dev.firn.spi.record.Header;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that a program gives a pipeline, before it is bytes.
 *
 * @param from the stream; {@code source/stream} where two sources have one of that name
 * @param key null for a record without one
 * @param value an Avro record in its own schema; else as a file has it: maps, lists, texts, numbers, booleans, bytes, times; null for a
 *     record without one
 */
public record GivenRecord(
        String from, @Nullable Object key, @Nullable Object value, Instant timestamp, List<Header> headers) {
    public GivenRecord {
        headers = List.copyOf(headers);
    }
}
