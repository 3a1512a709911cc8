package dev.firn.spi;

import dev.firn.definition.bind.Components;
import dev.firn.spi.sink.SinkConnector;
import dev.firn.spi.source.SourceConnector;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The connectors on the class path, by their words; pipelines know them only from here. */
public final class Connectors implements Components {

    private final Map<String, SourceConnector> sources = new TreeMap<>();
    private final Map<String, SinkConnector> sinks = new TreeMap<>();

    private Connectors() {}

    /** Finds connectors with a loader given by name: lanes and pools have none of their own that is right. */
    public static Connectors load(ClassLoader loader) {
        Connectors connectors = new Connectors();
        ServiceLoader.load(SourceConnector.class, loader)
                .forEach(source -> connectors.sources.put(source.type(), source));
        ServiceLoader.load(SinkConnector.class, loader).forEach(sink -> connectors.sinks.put(sink.type(), sink));
        return connectors;
    }

    public SourceConnector source(String type) {
        SourceConnector source = sources.get(type);
        if (source == null) {
            throw new IllegalStateException("our bug: the binder let the unknown source type " + type + " pass");
        }
        return source;
    }

    public SinkConnector sink(String type) {
        SinkConnector sink = sinks.get(type);
        if (sink == null) {
            throw new IllegalStateException("our bug: the binder let the unknown sink type " + type + " pass");
        }
        return sink;
    }

    @Override
    public Optional<Class<? extends Record>> options(String kind, String type) {
        return switch (kind) {
            case "source" -> Optional.ofNullable(sources.get(type)).map(SourceConnector::options);
            case "sink" -> Optional.ofNullable(sinks.get(type)).map(SinkConnector::options);
            default -> Optional.empty();
        };
    }

    @Override
    public Set<String> types(String kind) {
        return switch (kind) {
            case "source" -> Set.copyOf(sources.keySet());
            case "sink" -> Set.copyOf(sinks.keySet());
            default -> Set.of();
        };
    }
}
