package dev.firn.testing;

import dev.firn.cli.tests.GivenRecord;
import dev.firn.spi.record.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record with more than a value: {@code Given.to("orders").key(7).value(order).at(placed).header("trace", "4f1c")}. */
public final class Given {

    private final String stream;
    private @Nullable Object key;
    private @Nullable Object value;
    private Instant timestamp = Instant.EPOCH;
    private final List<Header> headers = new ArrayList<>();

    private Given(String stream) {
        this.stream = stream;
    }

    /** @param stream a topic; {@code source/topic} where two sources have one of that name */
    public static Given to(String stream) {
        return new Given(stream);
    }

    /** As the source's {@code key} says it; text where that says nothing. */
    public Given key(Object key) {
        this.key = key;
        return this;
    }

    /**
     * An Avro record in its own schema; or maps, lists, texts, numbers, booleans, bytes and times, written with the stream's schema, where a
     * field that is not there is what the schema has for it; or null for a record without a value.
     */
    public Given value(@Nullable Object value) {
        this.value = value;
        return this;
    }

    /** When it was written; 1970-01-01T00:00:00Z unless said. */
    public Given at(Instant timestamp) {
        this.timestamp = timestamp;
        return this;
    }

    /** May be said more than once, also of one name. */
    public Given header(String name, String text) {
        headers.add(new Header(name, text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    GivenRecord record() {
        return new GivenRecord(stream, key, value, timestamp, headers);
    }
}
