package dev.firn.definition.testing;

import dev.firn.definition.bind.Components;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@code kafka} source and an {@code iceberg} sink. */
public final class FakeComponents implements Components {

    private static final Map<String, Map<String, Class<? extends Record>>> KNOWN = Map.of(
            "source", Map.of("kafka", FakeKafkaSource.class),
            "sink", Map.of("iceberg", FakeIcebergSink.class));

    @Override
    public Optional<Class<? extends Record>> options(String kind, String type) {
        return Optional.ofNullable(KNOWN.getOrDefault(kind, Map.of()).get(type));
    }

    @Override
    public Set<String> types(String kind) {
        return KNOWN.getOrDefault(kind, Map.of()).keySet();
    }
}
