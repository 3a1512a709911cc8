package dev.firn.plan.testing;

import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has an option of most types that a plan shows. */
@Component(kind = "source", name = "kafka", summary = "Reads topics.")
public record FakeKafkaOptions(
        @Required @Doc("Which topics.") @Example("[orders]") List<String> topics,
        @Default("earliest-known") @Doc("Where to start.") @Example("latest") Startup startup,
        @Default("90s") @Doc("How long to wait.") @Example("10m") Duration idleAfter,
        @Default("64MiB") @Doc("How much to hold.") @Example("1GiB") ByteSize buffer,
        @Default("false") @Doc("Whether to skip.") @Example("true") boolean skipTombstones,
        @Default("500") @Doc("How many at once.") @Example("1000") long batch,
        @Doc("Kafka's own names.") @Example("{bootstrap.servers: 'localhost:9092'}") Map<String, Text> properties,
        @Doc("What a record without a value does.") @Example("delete") Optional<Tombstones> tombstones,
        @Doc("What keys are.") @Example("{type: avro}") Map<String, Text> key,
        @Required @Doc("How values are encoded.") @Example("{type: avro, registry: {url: 'http://r'}}") Format format) {

    /** Some of the words. */
    public enum Startup {
        EARLIEST_KNOWN,
        LATEST
    }

    /** One that does something. */
    public enum Tombstones {
        DELETE
    }

    /** A mapping inside. */
    public record Format(
            @Default("avro") @Doc("The encoding.") @Example("avro") Encoding type,
            @Required @Doc("The schema registry.") @Example("{url: 'http://r'}") Registry registry) {}

    /** The encodings. */
    public enum Encoding {
        AVRO,
        JSON
    }

    /** A mapping inside a mapping. */
    public record Registry(
            @Required @Doc("Where it is.") @Example("http://localhost:8081") Text url,
            @Secret @Doc("With which password.") @Example("${secret:registry}") Optional<Text> password,
            @Secret @Doc("With which number.") @Example("1234") Optional<Integer> pinToken) {}
}
