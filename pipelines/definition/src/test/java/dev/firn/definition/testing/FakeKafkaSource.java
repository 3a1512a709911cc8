package dev.firn.definition.testing;

import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OfType;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has an option of every type. */
@Component(kind = "source", name = "kafka", summary = "Reads topics.")
public record FakeKafkaSource(
        @Required @Doc("Which topics.") @Example("[orders, refunds]") List<Selector> topics,
        @Default("earliest") @Doc("Where to start.") @Example("latest") Startup startup,
        @Default("false") @Doc("Whether to skip.") @Example("true") boolean skipTombstones,
        @Default("5m") @Doc("How long to wait.") @Example("10m") Duration idleAfter,
        @Default("64MiB") @Doc("How much to hold.") @Example("1GiB") ByteSize buffer,
        @Default("500") @Doc("How many at once.") @Example("1000") long batch,
        @Doc("Who reads.") @Example("shop") Optional<Text> group,
        @Secret @Doc("What opens the door.") @Example("1234") Optional<Integer> pinToken,
        @Doc("Kafka's own names.") @Example("{bootstrap.servers: 'localhost:9092'}") Map<String, Text> properties,
        @Doc("How values are encoded.") Format format) {

    /** Some of the words. */
    public enum Startup {
        EARLIEST,
        LATEST
    }

    /** A mapping inside. */
    public record Format(
            @Default("avro") @Doc("The encoding.") @Example("json") Encoding type,
            @Doc("The schema registry.") Optional<Registry> registry,
            @OfType("avro") @Default("false") @Doc("Whether names are.") @Example("true") boolean strictNames,
            @OfType(
                            value = {"json", "csv"},
                            required = "csv")
                    @Doc("Between values.")
                    @Example(";")
                    Optional<String> separator) {}

    /** Some of the encodings. */
    public enum Encoding {
        AVRO,
        JSON,
        CSV
    }

    /** A mapping inside a mapping, which refuses a combination of its options. */
    public record Registry(
            @Required @Doc("Where it is.") @Example("http://localhost:8081") Text url,
            @Doc("Who asks.") @Example("firn") Optional<Text> user,
            @Secret @Doc("With which password.") @Example("${secret:registry}") Optional<Text> password) {

        public Registry {
            if (password.isPresent() && user.isEmpty()) {
                throw new IllegalArgumentException("option `password` needs the option `user`");
            }
        }
    }
}
