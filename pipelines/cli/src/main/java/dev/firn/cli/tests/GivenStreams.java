package dev.firn.cli.tests;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.tests.GivenOptions;
import dev.firn.definition.tests.TestOptions;
import dev.firn.spi.Connectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Streams that a file's tests give records of, where it names none of that name: they are there, for whoever selects them. */
public final class GivenStreams {

    private GivenStreams() {}

    /** By source. */
    public static Map<String, Set<String>> of(PipelineDefinition definition, Connectors connectors) {
        Map<String, Set<String>> given = new HashMap<>();
        for (Bound<TestOptions> test : definition.tests()) {
            for (GivenOptions record : test.options().given()) {
                add(record.from(), definition, connectors, given);
            }
        }
        return given;
    }

    private static void add(
            String from, PipelineDefinition definition, Connectors connectors, Map<String, Set<String>> given) {
        for (SourceDefinition source : definition.sources()) {
            String prefix = source.name() + "/";
            if (from.startsWith(prefix)) {
                of(source, given).add(from.substring(prefix.length()));
                return;
            }
        }
        boolean isNamed = definition.sources().stream()
                .anyMatch(source ->
                        connectors.source(source.type()).describe(source, new Diagnostics()).streams().stream()
                                .anyMatch(stream -> stream.name().equals(from)));
        if (!isNamed) {
            definition.sources().forEach(source -> of(source, given).add(from));
        }
    }

    private static Set<String> of(SourceDefinition source, Map<String, Set<String>> given) {
        return given.computeIfAbsent(source.name(), name -> new HashSet<>());
    }
}
