package dev.firn.cli.tests;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.given.GivenFormat;
import dev.firn.spi.source.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The streams that a test can give records of. */
record TestStreams(List<Stream> all) {

    TestStreams {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param schemas empty where they are not known
     */
    record Stream(String source, String name, FormattedSource options, Optional<StreamDefinition> schemas) {

        String path() {
            return source + "/" + name;
        }

        /** @throws java.util.NoSuchElementException if the schemas are not known */
        GivenFormat format(GivenFormat.Ids ids) {
            return new GivenFormat(options, schemas.orElseThrow(), ids);
        }
    }

    static TestStreams of(PipelineDefinition definition, PipelinePlan plan) {
        List<Stream> all = new ArrayList<>();
        for (SourcePlan planned : plan.sources()) {
            Optional<SourceDefinition> source = definition.sources().stream()
                    .filter(one -> one.name().equals(planned.name()))
                    .findFirst();
            if (source.isPresent() && source.get().component().options() instanceof FormattedSource options) {
                planned.streams()
                        .forEach(name -> all.add(new Stream(
                                planned.name(),
                                name,
                                options,
                                Optional.ofNullable(planned.schemas().get(name)))));
            }
        }
        return new TestStreams(all);
    }

    /** Those that a name means, or a source and a name with a slash between. */
    List<Stream> called(String name) {
        return all.stream()
                .filter(stream -> stream.name().equals(name) || stream.path().equals(name))
                .toList();
    }

    List<String> names() {
        return all.stream().map(Stream::name).distinct().sorted().toList();
    }
}
