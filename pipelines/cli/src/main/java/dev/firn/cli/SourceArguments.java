package dev.firn.cli;

import dev.firn.spi.source.SourceAddress;
import dev.firn.spi.source.SourceProposer.NotProposable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a stream is that no file names yet. */
final class SourceArguments {

    @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic to read.")
    private @Nullable String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The brokers, as Kafka's `bootstrap.servers` has them.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The schema registry, where values name their schemas; `https://user:password@host` logs in.")
    private @Nullable String registry;

    @Option(
            names = "--property",
            paramLabel = "NAME=VALUE",
            description = {
                "A setting of Kafka's clients, `security.protocol=SASL_SSL` for instance. As often as needed. What looks like a"
                        + " secret becomes a reference in the file."
            })
    private List<String> properties = List.of();

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            description = "A file with such settings, so that secrets need not stand on a command line.")
    private @Nullable Path file;

    Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    Optional<String> bootstrap() {
        return Optional.ofNullable(bootstrap);
    }

    Optional<String> registry() {
        return Optional.ofNullable(registry).filter(url -> !url.isBlank());
    }

    SourceAddress address(String servers, Optional<String> schemas) {
        SortedMap<String, String> all = new TreeMap<>();
        Path from = file;
        if (from != null) {
            read(from).forEach((name, value) -> all.put(name.toString(), value.toString()));
        }
        for (String property : properties) {
            int equals = property.indexOf('=');
            if (equals < 1) {
                // Not the whole of it: it may be a secret.
                throw new NotProposable("`--property` takes NAME=VALUE");
            }
            all.put(property.substring(0, equals).strip(), property.substring(equals + 1));
        }
        all.remove("bootstrap.servers");
        return new SourceAddress(servers, schemas, all);
    }

    private static Properties read(Path from) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(from)) {
            read.load(reader);
            return read;
        } catch (NoSuchFileException e) {
            throw new NotProposable("there is no file `" + from + "`");
        } catch (IOException | IllegalArgumentException e) {
            throw new NotProposable("`" + from + "` can't be read as a properties file");
        }
    }
}
