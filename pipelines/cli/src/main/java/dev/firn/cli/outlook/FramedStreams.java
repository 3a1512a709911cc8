package dev.firn.cli.outlook;

import dev.firn.cli.schema.NoSchema;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.OpenRegistry;
import dev.firn.schema.RegistryOptions;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The streams of a pipeline file whose schemas are in a registry; all that share a subject get its next version together. */
public final class FramedStreams {

    private final String file;
    private final List<FramedStream> streams;

    private FramedStreams(String file, List<FramedStream> streams) {
        this.file = file;
        this.streams = List.copyOf(streams);
    }

    /**
     * Asks registries for nothing but the names of subjects, and only where the file does not say them; brokers only where it does not
     * name all topics.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if something is not there to ask with
     */
    public static FramedStreams of(
            String file, PipelineDefinition definition, Connectors connectors, ReferenceResolver references)
            throws NoSchema {
        Diagnostics diagnostics = new Diagnostics();
        Map<RegistryOptions, OpenRegistry> registries = new HashMap<>();
        List<FramedStream> streams = new ArrayList<>();
        for (SourceDefinition source : definition.sources()) {
            if (!(source.component().options() instanceof FormattedSource formatted)
                    || !formatted.format().isFramed()) {
                connectors.source(source.type()).describe(source, diagnostics);
                continue;
            }
            List<NamedStream> named = StreamNames.of(source, connectors, references, diagnostics);
            if (!diagnostics.hasErrors()) {
                FormatOptions format = formatted.format();
                OpenRegistry registry = registries.computeIfAbsent(
                        format.registryInUse(), options -> OpenRegistry.of(options, references));
                for (NamedStream stream : named) {
                    registry.subjectOf(stream.name(), stream.span(), diagnostics)
                            .ifPresent(subject ->
                                    streams.add(new FramedStream(source, stream, format, registry, subject)));
                }
            }
        }
        if (diagnostics.hasErrors()) {
            throw new NoSchema(file, diagnostics.inOrder());
        }
        return new FramedStreams(file, streams);
    }

    /** Those of them that have these paths. */
    FramedStreams among(Collection<String> paths) {
        return new FramedStreams(
                file,
                streams.stream().filter(stream -> paths.contains(stream.path())).toList());
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    /** All streams of the subject that is meant: one at least, all of one registry. */
    public List<FramedStream> meant(Optional<String> subject, Optional<String> topic) throws NoSchema {
        if (streams.isEmpty()) {
            throw new NoSchema("`" + file + "` reads no stream whose schemas are in a registry");
        }
        if (topic.isPresent()) {
            FramedStream named = streams.stream()
                    .filter(stream -> stream.name().equals(topic.get()))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "reads no stream `" + topic.get() + "`",
                            topic.get(),
                            streams.stream().map(FramedStream::name).toList()));
            return sharing(named);
        }
        if (subject.isPresent()) {
            FramedStream named = streams.stream()
                    .filter(stream -> stream.subject().equals(subject.get()))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "reads no values of subject `" + subject.get() + "`",
                            subject.get(),
                            streams.stream().map(FramedStream::subject).toList()));
            return sharing(named);
        }
        FramedStream first = streams.get(0);
        List<FramedStream> sharing = sharing(first);
        if (sharing.size() < streams.size()) {
            throw new NoSchema("the streams of `" + file + "` have several subjects; say which one is meant: "
                    + Suggestion.oneOf(new TreeSet<>(streams.stream()
                            .map(stream -> "--subject " + stream.subject())
                            .toList())));
        }
        return sharing;
    }

    private List<FramedStream> sharing(FramedStream named) {
        return streams.stream()
                .filter(stream -> stream.subject().equals(named.subject())
                        && stream.registry()
                                .servers()
                                .origin()
                                .equals(named.registry().servers().origin()))
                .toList();
    }

    private NoSchema unknown(String what, String said, Collection<String> known) {
        return new NoSchema("`" + file + "` " + what + ", but " + Suggestion.oneOf(new TreeSet<>(known))
                + Suggestion.nearest(said, known)
                        .map(meant -> "; did you mean `" + meant + "`?")
                        .orElse(""));
    }
}
