package dev.firn.it.testing.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A schema in the style of a system that people have, of our own writing.
 *
 * @param name its file in {@code real-schemas}
 * @param jsonFields paths of what a table can only keep as JSON
 */
public record RealSchema(String name, Schema schema, Set<String> jsonFields) {

    /** As they are; of one of them, the nanoseconds are cut off. */
    private static final List<String> MAPPED = List.of(
            "all-optional",
            "cart",
            "clashing-names",
            "click-stream",
            "crm-contact",
            "debezium-envelope",
            "edges",
            "event-envelope",
            "github-event",
            "kubernetes-audit",
            "logical-types",
            "payment",
            "telemetry");

    /** Those that a plan refuses, with the fields for which it tells of JSON as a way out. */
    private static final Map<String, Set<String>> KEPT_AS_JSON = new TreeMap<>(Map.of(
            "comment-tree", Set.of("replies", "parent_comment", "wei"),
            "from-protobuf", Set.of("volumes"),
            "payments-of-two-countries", Set.of("payment"),
            "wallet", Set.of("balance", "tokens")));

    /** For these the file can do nothing, or has to say how nanoseconds are cut. */
    private static final List<String> REFUSED = List.of("cased-names", "one-of-three", "trace-span");

    public RealSchema {
        jsonFields = Set.copyOf(jsonFields);
    }

    /** All that go into tables, by one way or another. */
    public static List<RealSchema> all() {
        return Stream.concat(
                        Stream.concat(MAPPED.stream(), Stream.of("trace-span")).map(name -> of(name, Set.of())),
                        KEPT_AS_JSON.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())))
                .toList();
    }

    /** All that a plan refuses as long as the file says nothing of them. */
    public static List<RealSchema> refused() {
        return Stream.concat(REFUSED.stream(), KEPT_AS_JSON.keySet().stream())
                .map(name -> of(name, Set.of()))
                .toList();
    }

    private static RealSchema of(String name, Set<String> jsonFields) {
        try (InputStream text = RealSchema.class.getResourceAsStream("/real-schemas/" + name + ".avsc")) {
            if (text == null) {
                throw new IllegalStateException("there is no schema " + name);
            }
            return new RealSchema(name, new Schema.Parser().parse(text), jsonFields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
