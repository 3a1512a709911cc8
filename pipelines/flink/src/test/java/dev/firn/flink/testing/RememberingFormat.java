package dev.firn.flink.testing;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A format that is never decoded, and whose schemas a test can see. */
public record RememberingFormat() implements RecordFormat {

    private static final long serialVersionUID = 1L;

    /** What is known without having been put back. */
    public static final Map<Integer, String> REGISTRY = new ConcurrentHashMap<>();

    /** What was put back. */
    public static final Map<Integer, String> LEARNT = new ConcurrentHashMap<>();

    /** Which registry it is. */
    public static final AtomicReference<String> ORIGIN = new AtomicReference<>("one");

    /** Memories that were not given back. */
    public static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public FormatReader open(ReferenceResolver references) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        OPEN.incrementAndGet();
        return new SchemaMemory() {
            @Override
            public String origin() {
                return Objects.requireNonNull(ORIGIN.get());
            }

            @Override
            public Optional<String> definition(int schemaId) {
                return Optional.ofNullable(REGISTRY.get(schemaId));
            }

            @Override
            public void learn(int schemaId, String definition) {
                LEARNT.put(schemaId, definition);
            }

            @Override
            public int suppose(String subject, String definition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                OPEN.decrementAndGet();
            }
        };
    }
}
