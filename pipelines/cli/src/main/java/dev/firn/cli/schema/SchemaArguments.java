package dev.firn.cli.schema;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.OpenRegistry;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectVersion;
import dev.firn.spi.notation.SchemaDocument;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/**
 * What arguments stand for: a file that is there, else a stream of a pipeline file, else a subject of the registry; the latter two
 * with {@code @VERSION} behind them or the newest.
 */
public final class SchemaArguments {

    private static final Pattern VERSIONED = Pattern.compile("(.+)@([1-9][0-9]{0,8}|latest)");

    private final Optional<String> registry;
    private final Map<String, PipelineArgument> pipelines = new HashMap<>();
    private @Nullable OpenRegistry asked;

    /** @param registry its url, or a pipeline file that names it; if there is one to ask for subjects */
    public SchemaArguments(Optional<String> registry) {
        this.registry = registry;
    }

    /** An argument without its version, where that is a number. */
    private record Wanted(String what, Optional<Integer> version) {

        static Wanted of(String argument) {
            Matcher versioned = VERSIONED.matcher(argument);
            if (!versioned.matches()) {
                return new Wanted(argument, Optional.empty());
            }
            String version = versioned.group(2);
            return new Wanted(
                    versioned.group(1),
                    version.equals("latest") ? Optional.empty() : Optional.of(Integer.parseInt(version)));
        }
    }

    /** What a registry has, under the name that answers show. */
    private record Registered(String name, RegistryAnswer.Found schema) {}

    /** A subject, where it is and how it becomes columns. */
    private record Subject(String name, OpenRegistry registry, AvroRules rules) {

        NamedSchema version(Optional<Integer> wanted) throws NoSchema {
            Registered registered = registered(wanted);
            if (registered.schema().type() != SchemaType.AVRO) {
                throw new NoSchema("`" + registered.name() + "` is of type `"
                        + registered.schema().type() + "`, and only Avro is read here");
            }
            return parsed(registered.name(), registered.schema().schema(), rules);
        }

        Registered registered(Optional<Integer> wanted) throws NoSchema {
            SubjectVersion version = wanted.isPresent()
                    ? registry.client().told(name, wanted.get())
                    : registry.client().newest(name);
            if (version.answer() instanceof RegistryAnswer.Unsupported unsupported) {
                throw new NoSchema(unsupported.why());
            }
            if (!(version.answer() instanceof RegistryAnswer.Found found)) {
                throw unknown(wanted);
            }
            String shown =
                    version.version().isPresent() ? "@" + version.version().getAsInt() : "";
            return new Registered(name + shown, found);
        }

        NoSchema unknown(Optional<Integer> version) {
            return new NoSchema(registry.servers().named() + " has no "
                    + version.map(number -> "version " + number + " of ").orElse("") + "subject `" + name + "`");
        }
    }

    /** Throws {@link dev.firn.spi.source.OutsideException} if the registry does not answer. */
    public NamedSchema one(String argument) throws NoSchema {
        Optional<Path> file = file(argument);
        if (file.isPresent()) {
            return read(file.get());
        }
        Wanted wanted = Wanted.of(argument);
        return subject(wanted.what()).version(wanted.version());
    }

    /** The same in whatever notation it is in. */
    public NamedDocument document(String argument) throws NoSchema {
        Optional<Path> file = file(argument);
        if (file.isPresent()) {
            return new NamedDocument(SchemaDocument.file(file.get()), Optional.empty());
        }
        Wanted wanted = Wanted.of(argument);
        Registered registered = subject(wanted.what()).registered(wanted.version());
        String notation =
                switch (registered.schema().type()) {
                    case AVRO -> "avro";
                    case JSON -> "json-schema";
                    case PROTOBUF -> "protobuf";
                };
        return new NamedDocument(
                SchemaDocument.text(registered.name(), registered.schema().schema()), Optional.of(notation));
    }

    /** All versions of a subject that is named without one, oldest first; else the one schema that is named. */
    public List<NamedSchema> all(String argument) throws NoSchema {
        if (file(argument).isPresent() || VERSIONED.matcher(argument).matches()) {
            return List.of(one(argument));
        }
        Subject subject = subject(argument);
        List<NamedSchema> all = new ArrayList<>();
        for (int version : subject.registry().client().versions(subject.name())) {
            all.add(subject.version(Optional.of(version)));
        }
        if (all.isEmpty()) {
            throw subject.unknown(Optional.empty());
        }
        return all;
    }

    private Subject subject(String what) throws NoSchema {
        Optional<PipelineArgument.Parts> stream = PipelineArgument.Parts.of(what);
        if (stream.isEmpty()) {
            return new Subject(what, registry(what), AvroRules.STRICT);
        }
        PipelineArgument.StreamSubject subject = pipeline(stream.get().file()).subject(stream.get().stream());
        return new Subject(subject.name(), subject.registry(), subject.rules());
    }

    private PipelineArgument pipeline(String file) throws NoSchema {
        PipelineArgument known = pipelines.get(file);
        if (known == null) {
            known = PipelineArgument.read(file);
            pipelines.put(file, known);
        }
        return known;
    }

    private OpenRegistry registry(String argument) throws NoSchema {
        if (registry.isEmpty()) {
            throw new NoSchema("there is no file `" + argument
                    + "`; to ask for a subject, add `--registry` with a URL or a pipeline file");
        }
        OpenRegistry known = asked;
        if (known == null) {
            Optional<PipelineArgument.Parts> file = PipelineArgument.Parts.of(registry.get());
            known = file.isPresent()
                    ? pipeline(file.get().file()).registry(file.get().stream())
                    : OpenRegistry.of(RegistryOptions.at(new Text(registry.get())), SystemReferences.ofThisProcess());
            asked = known;
        }
        return known;
    }

    private static NamedSchema read(Path file) throws NoSchema {
        try {
            return parsed(file.toString(), Files.readString(file), AvroRules.STRICT);
        } catch (IOException e) {
            throw new NoSchema("`" + file + "` can't be read as text");
        }
    }

    private static NamedSchema parsed(String name, String text, AvroRules rules) throws NoSchema {
        try {
            return new NamedSchema(name, AvroSchemas.parse(text), text, rules);
        } catch (AvroSchemas.NotAvro e) {
            throw new NoSchema("`" + name + "` is not valid Avro: " + e.getMessage());
        }
    }

    /** A pipeline file is none of a schema. */
    private static Optional<Path> file(String argument) {
        try {
            return PipelineArgument.Parts.of(argument).isPresent()
                    ? Optional.empty()
                    : Optional.of(Path.of(argument)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            // A subject may be called what no file can.
            return Optional.empty();
        }
    }
}
