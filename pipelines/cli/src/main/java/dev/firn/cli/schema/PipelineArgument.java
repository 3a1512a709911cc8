package dev.firn.cli.schema;

import dev.firn.cli.PipelineFile;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.plan.UnresolvedReferences;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.OpenRegistry;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pipeline file that an argument names: its streams, and the registries that know their schemas. */
final class PipelineArgument {

    /** Not an address, which may end so too. */
    private static final Pattern NAMED = Pattern.compile("(?!\\w+://)(.+\\.ya?ml)(?::(.*))?");

    private static final int MOST_SHOWN = 10;

    private final String path;
    private final List<Stream> streams;
    private final List<Selecting> selecting;
    private final Map<RegistryOptions, OpenRegistry> registries = new HashMap<>();

    /** A stream of the file, with its source. */
    private record Stream(SourceDefinition source, NamedStream named, FormatOptions format) {

        /** Whether it is meant; two sources may read one. */
        boolean is(String said) {
            return said.equals(named.name()) || said.equals(path());
        }

        String path() {
            return source.name() + "/" + named.name();
        }
    }

    /** A source that reads streams that the file does not name. */
    private record Selecting(SourceDefinition source, SourceDescription description, FormatOptions format) {

        Optional<Stream> stream(String said) {
            String name = said.startsWith(source.name() + "/")
                    ? said.substring(source.name().length() + 1)
                    : said;
            return description.selection().of(name).map(named -> new Stream(source, named, format));
        }

        /** What selects them, for as long as no stream is meant. */
        List<Stream> lines() {
            return description.selection().selecting().stream()
                    .map(line -> new Stream(source, new NamedStream(line.text(), line.span()), format))
                    .toList();
        }
    }

    /** A subject that a stream has its schemas under, and what the file says of how they become columns. */
    record StreamSubject(String name, OpenRegistry registry, AvroRules rules) {}

    private PipelineArgument(String path, List<Stream> streams, List<Selecting> selecting) {
        this.path = path;
        this.streams = List.copyOf(streams);
        this.selecting = List.copyOf(selecting);
    }

    /** An argument, taken apart. */
    record Parts(String file, Optional<String> stream) {

        /** Empty where it names no pipeline file. */
        static Optional<Parts> of(String argument) {
            Matcher matcher = NAMED.matcher(argument);
            return matcher.matches()
                    ? Optional.of(new Parts(matcher.group(1), Optional.ofNullable(matcher.group(2))))
                    : Optional.empty();
        }
    }

    static PipelineArgument read(String file) throws NoSchema {
        Path path = existing(file);
        PipelineFile pipeline = new PipelineFile(path);
        Optional<PipelineDefinition> definition = pipeline.read();
        if (definition.isEmpty()) {
            throw new NoSchema(file, pipeline.diagnostics());
        }
        return of(file, definition.get(), pipeline.connectors());
    }

    private static Path existing(String file) throws NoSchema {
        try {
            Path path = Path.of(file);
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // As said below.
        }
        throw new NoSchema("there is no file `" + file + "`");
    }

    private static PipelineArgument of(String file, PipelineDefinition definition, Connectors connectors)
            throws NoSchema {
        List<Stream> streams = new ArrayList<>();
        List<Selecting> selecting = new ArrayList<>();
        Diagnostics diagnostics = new Diagnostics();
        for (SourceDefinition source : definition.sources()) {
            SourceDescription description = connectors.source(source.type()).describe(source, diagnostics);
            if (source.component().options() instanceof FormattedSource formatted) {
                description.streams().forEach(stream -> streams.add(new Stream(source, stream, formatted.format())));
                if (description.selection().isOpen()) {
                    selecting.add(new Selecting(source, description, formatted.format()));
                }
            }
        }
        refuse(file, diagnostics);
        return new PipelineArgument(file, streams, selecting);
    }

    /** The subject of a stream, or of the only one where none is named. */
    StreamSubject subject(Optional<String> said) throws NoSchema {
        Stream stream = said.isPresent() ? named(said.get()) : only();
        if (!stream.format().isFramed()) {
            throw new NoSchema("stream `" + stream.named().name() + "` of `" + path + "` has no schema in a registry"
                    + stream.format()
                            .schemaFile()
                            .map(file -> ": it is in the file `" + file + "`")
                            .orElse(""));
        }
        OpenRegistry registry = open(stream, stream.format().registryInUse());
        Diagnostics diagnostics = new Diagnostics();
        Optional<String> subject =
                registry.subjectOf(stream.named().name(), stream.named().span(), diagnostics);
        refuse(path, diagnostics);
        return new StreamSubject(
                subject.orElseThrow(() -> new IllegalStateException("our bug: no rule has asked for a subject")),
                registry,
                stream.format().rules());
    }

    /** The registry of a stream, or where none is named that of the file, which must not have two. */
    OpenRegistry registry(Optional<String> said) throws NoSchema {
        List<Stream> among = new ArrayList<>(said.isPresent() ? List.of(named(said.get())) : streams);
        if (said.isEmpty()) {
            selecting.forEach(source -> among.addAll(source.lines()));
        }
        Map<RegistryOptions, Stream> found = new HashMap<>();
        among.forEach(stream -> stream.format().registry().ifPresent(one -> found.putIfAbsent(one, stream)));
        if (found.isEmpty()) {
            throw new NoSchema("`" + path + "` names no registry"
                    + said.map(stream -> " for `" + stream + "`").orElse(""));
        }
        if (found.size() > 1) {
            throw new NoSchema(
                    "`" + path + "` names a registry in several ways: say the stream whose registry is meant, as in `"
                            + path + ":" + (streams.isEmpty() ? "TOPIC" : unmistakable(streams.get(0))) + "`");
        }
        Map.Entry<RegistryOptions, Stream> only = found.entrySet().iterator().next();
        return open(only.getValue(), only.getKey());
    }

    private OpenRegistry open(Stream stream, RegistryOptions options) throws NoSchema {
        OpenRegistry known = registries.get(options);
        if (known != null) {
            return known;
        }
        try {
            OpenRegistry opened = OpenRegistry.of(options, SystemReferences.ofThisProcess());
            registries.put(options, opened);
            return opened;
        } catch (UnresolvedReference unresolved) {
            throw new NoSchema(
                    path,
                    List.of(UnresolvedReferences.complaint(
                            unresolved, stream.source().component().node())));
        }
    }

    private Stream only() throws NoSchema {
        if (!selecting.isEmpty()) {
            throw new NoSchema("`" + path + "` does not name all of its streams; say which one, as in `" + path + ":"
                    + (streams.isEmpty() ? "TOPIC" : names().get(0)) + "`");
        }
        if (streams.size() != 1) {
            throw new NoSchema(
                    streams.isEmpty()
                            ? "`" + path + "` names no stream that has a schema"
                            : "`" + path + "` has several streams: " + shown(names()) + "; say which one, as in `"
                                    + path + ":" + names().get(0) + "`");
        }
        return streams.get(0);
    }

    private Stream named(String said) throws NoSchema {
        List<Stream> found = new ArrayList<>(
                streams.stream().filter(stream -> stream.is(said)).toList());
        selecting.forEach(source ->
                source.stream(said).filter(stream -> !found.contains(stream)).ifPresent(found::add));
        if (found.isEmpty()) {
            throw new NoSchema("`" + path + "` has no stream `" + said + "`"
                    + Suggestion.nearest(said, names())
                            .map(meant -> "; did you mean `" + meant + "`?")
                            .orElse(
                                    names().isEmpty()
                                            ? ", nor does it select one of that name"
                                            : ": it has " + shown(names())));
        }
        if (found.size() > 1) {
            throw new NoSchema("several sources of `" + path + "` have a stream `" + said + "`: say which one, "
                    + found.stream()
                            .map(stream -> "`" + path + ":" + stream.path() + "`")
                            .collect(Collectors.joining(" or ")));
        }
        return found.get(0);
    }

    private String unmistakable(Stream stream) {
        String name = stream.named().name();
        return streams.stream().filter(other -> other.is(name)).count() == 1 ? name : stream.path();
    }

    private List<String> names() {
        return streams.stream().map(stream -> stream.named().name()).distinct().toList();
    }

    private static String shown(List<String> names) {
        String shown =
                names.stream().limit(MOST_SHOWN).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return names.size() > MOST_SHOWN ? shown + " and " + (names.size() - MOST_SHOWN) + " more" : shown;
    }

    /** Warnings are for those who lint. */
    private static void refuse(String file, Diagnostics diagnostics) throws NoSchema {
        List<Diagnostic> errors = diagnostics.inOrder().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new NoSchema(file, errors);
        }
    }
}
