package dev.firn.cli.schema;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.registry.SubjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What arguments stand for: a file that is there, else a subject of the registry. */
public final class SchemaArguments {

    private static final Pattern VERSIONED = Pattern.compile("(.+)@([1-9][0-9]{0,8}|latest)");

    private final Optional<String> url;
    private @Nullable Asked asked;

    /** Made once: a client has threads. */
    private record Asked(RegistryServers servers, RegistryClient client) {}

    /** @param url of the registry, if there is one to ask */
    public SchemaArguments(Optional<String> url) {
        this.url = url;
    }

    /** Throws {@link dev.firn.spi.source.OutsideException} if the registry does not answer. */
    public NamedSchema one(String argument) throws NoSchema {
        Optional<Path> file = file(argument);
        if (file.isPresent()) {
            return read(file.get());
        }
        Matcher versioned = VERSIONED.matcher(argument);
        boolean said = versioned.matches();
        String subject = said ? versioned.group(1) : argument;
        boolean latest = !said || versioned.group(2).equals("latest");
        Asked registry = registry(argument);
        SubjectVersion version = latest
                ? registry.client().newest(subject)
                : registry.client().told(subject, Integer.parseInt(versioned.group(2)));
        return known(version, subject, latest ? "" : versioned.group(2), registry);
    }

    /** All versions of a subject that is named without one, oldest first; else the one schema that is named. */
    public List<NamedSchema> all(String argument) throws NoSchema {
        if (file(argument).isPresent() || VERSIONED.matcher(argument).matches()) {
            return List.of(one(argument));
        }
        Asked registry = registry(argument);
        List<NamedSchema> all = new ArrayList<>();
        for (int version : registry.client().versions(argument)) {
            all.add(known(registry.client().told(argument, version), argument, Integer.toString(version), registry));
        }
        if (all.isEmpty()) {
            throw unknown(argument, "", registry);
        }
        return all;
    }

    private Asked registry(String argument) throws NoSchema {
        if (url.isEmpty()) {
            throw new NoSchema("there is no file `" + argument + "`; to ask for a subject, add `--registry URL`");
        }
        if (asked == null) {
            RegistryServers servers = RegistryServers.of(
                    RegistryOptions.at(new Text(url.get())).access(), SystemReferences.ofThisProcess());
            asked = new Asked(servers, new RegistryClient(servers, Patience.none()));
        }
        return asked;
    }

    private static NamedSchema known(SubjectVersion version, String subject, String number, Asked registry)
            throws NoSchema {
        if (version.answer() instanceof RegistryAnswer.Unsupported unsupported) {
            throw new NoSchema(unsupported.why());
        }
        if (!(version.answer() instanceof RegistryAnswer.Found found)) {
            throw unknown(subject, number, registry);
        }
        String shown = version.version().isPresent() ? "@" + version.version().getAsInt() : "";
        return parsed(subject + shown, found.schema());
    }

    private static NoSchema unknown(String subject, String number, Asked registry) {
        return new NoSchema(registry.servers().named() + " has no "
                + (number.isEmpty() ? "" : "version " + number + " of ") + "subject `" + subject + "`");
    }

    private static NamedSchema read(Path file) throws NoSchema {
        try {
            return parsed(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new NoSchema("`" + file + "` can't be read as text");
        }
    }

    private static NamedSchema parsed(String name, String text) throws NoSchema {
        try {
            return new NamedSchema(name, AvroSchemas.parse(text), text);
        } catch (AvroSchemas.NotAvro e) {
            throw new NoSchema("`" + name + "` is not valid Avro: " + e.getMessage());
        }
    }

    private static Optional<Path> file(String argument) {
        try {
            return Optional.of(Path.of(argument)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            // A subject may be called what no file can.
            return Optional.empty();
        }
    }
}
