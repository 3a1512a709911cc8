package dev.firn.flink.testing;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values as {@link FakeFormat} reads them, behind parts that name schemas. What a process knows of those is kept under the name of
 * the process.
 */
public record KeyedFormat(FakeFormat values, String process, FramedParts framed) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Map<Integer, String>> KNOWN = new ConcurrentHashMap<>();

    /** What the process knows by now, to be added to. */
    public Map<Integer, String> known() {
        return KNOWN.computeIfAbsent(process, first -> new ConcurrentHashMap<>());
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return values.open(references);
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        FakeLake owner = FakeLake.named(values.lake());
        owner.opened();
        return new SchemaMemory() {
            @Override
            public String origin() {
                return "registry";
            }

            @Override
            public Optional<String> definition(int schemaId) {
                return Optional.ofNullable(known().get(schemaId));
            }

            @Override
            public void learn(int schemaId, String definition) {
                known().putIfAbsent(schemaId, definition);
            }

            @Override
            public int suppose(String subject, String definition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                owner.closed();
            }
        };
    }
}
