package dev.firn.connector.kafka.flink;

import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.SchemaTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gate whose schemas become known when a test says so; the id of a value is its only byte, if it has one. */
final class FakeGate implements SchemaGate {

    private final Set<Integer> unknown = new HashSet<>();
    private final Map<Integer, SchemaTrouble> troubles = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();

    /** Nobody knows these. */
    void forget(int... ids) {
        for (int id : ids) {
            unknown.add(id);
        }
    }

    void learn(int id) {
        unknown.remove(id);
        listeners.forEach(Runnable::run);
    }

    void fail(int id, SchemaTrouble.Verdict verdict) {
        troubles.put(id, new SchemaTrouble("the registry can't say schema id " + id, Duration.ofSeconds(9), verdict));
        listeners.forEach(Runnable::run);
    }

    @Override
    public OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value) {
        return value != null && value.length == 1 && unknown.contains((int) value[0])
                ? OptionalInt.of(value[0])
                : OptionalInt.empty();
    }

    @Override
    public boolean isKnown(int id) {
        return !unknown.contains(id);
    }

    @Override
    public Optional<SchemaTrouble> trouble(int id) {
        return Optional.ofNullable(troubles.get(id));
    }

    @Override
    public void onNews(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
