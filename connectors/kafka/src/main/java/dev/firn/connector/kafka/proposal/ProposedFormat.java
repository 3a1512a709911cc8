package dev.firn.connector.kafka.proposal;

import dev.firn.definition.yaml.YamlText;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectVersion;
import dev.firn.spi.source.SourceProposer.NotProposable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code format:} of a topic.
 *
 * @param options as YAML, between braces
 * @param why a sentence each
 */
record ProposedFormat(String options, List<String> why) {

    private static final String AS_TEXT = "type: raw, column-type: string";
    private static final String AS_BYTES = "type: raw";

    ProposedFormat {
        why = List.copyOf(why);
    }

    static ProposedFormat bytes(String... why) {
        return new ProposedFormat(AS_BYTES, List.of(why));
    }

    /** What a registry is asked with, and how a file names it. */
    record Registry(RegistryClient client, ProposedRegistry named) {}

    /** Throws {@link dev.firn.spi.source.OutsideException} where the registry does not answer. */
    static ProposedFormat of(String topic, SampledValues values, Optional<Registry> registry) {
        return switch (values.kind()) {
            case FRAMED -> framed(
                    topic,
                    values,
                    registry.orElseThrow(
                            () -> new NotProposable("the values of `" + topic + "` name schemas of a registry ("
                                    + of(values.framed(), values) + " begin as a frame does): add `--registry URL`")));
            case NOTHING -> empty(topic, registry);
            case JSON -> new ProposedFormat(
                    AS_TEXT,
                    List.of(
                            of(values.objects(), values) + " values are JSON objects without a schema's id; each is one"
                                    + " text, as it is.",
                            "For columns, write some records to a file, have a JSON Schema made of them with"
                                    + " `firn schema infer --to json-schema`, look it over, and say `format: {type: json,"
                                    + " schema-file: " + file(topic) + ".schema.json}`."));
            case TEXT -> new ProposedFormat(
                    AS_TEXT,
                    List.of(of(values.texts(), values) + " values are text, and not JSON; each is one column."));
            case BINARY -> bytes("The values are neither text nor in a registry's frame; each is one column of bytes.");
        };
    }

    private static ProposedFormat empty(String topic, Optional<Registry> registry) {
        String nothing = "`" + topic + "` has no records with a value, so nothing was seen of them.";
        if (registry.isEmpty()) {
            return bytes(nothing, "Each will be one column of bytes, unless a `format` says more.");
        }
        String subject = topic + "-value";
        SubjectVersion newest = registry.get().client().newest(subject);
        return newest.answer() instanceof RegistryAnswer.Found found
                ? inRegistry(
                        found.type(),
                        registry.get(),
                        "",
                        nothing + " The columns are those of " + named(subject, newest) + ".")
                : bytes(nothing, "The registry has no subject `" + subject + "` either.");
    }

    private static ProposedFormat framed(String topic, SampledValues values, Registry registry) {
        String framed = of(values.framed(), values) + " values name a schema of the registry.";
        String subject = topic + "-value";
        SubjectVersion newest = registry.client().newest(subject);
        if (newest.answer() instanceof RegistryAnswer.Found found) {
            return inRegistry(
                    found.type(), registry, "", framed + " The columns are those of " + named(subject, newest) + ".");
        }
        if (newest.answer() instanceof RegistryAnswer.Unsupported unsupported) {
            return bytes(framed, "But " + unsupported.why() + ", so each value is one column of bytes.");
        }
        int id = values.newestId().orElseThrow(() -> new IllegalStateException("our bug: frames without an id"));
        if (!(registry.client().schema(id) instanceof RegistryAnswer.Found written)) {
            return bytes(
                    "The values begin as a registry's frame does, but this registry knows neither the subject `"
                            + subject + "` nor the newest value's schema id " + id + ": is it another one's?",
                    "Until then each value is one column of bytes.");
        }
        Optional<String> other = otherSubject(topic, written, registry.client());
        return other.map(found -> inRegistry(
                        written.type(),
                        registry,
                        ", subjects: {" + YamlText.of(topic) + ": " + YamlText.of(found) + "}",
                        framed + " There is no subject `" + subject + "`; the columns are those of `" + found
                                + "`, whose name is the record's."))
                .orElseGet(() -> bytes(
                        framed + " The newest is schema id " + id + ", of type " + word(written.type())
                                + "; but the registry has no subject `" + subject
                                + "` that says which columns to make.",
                        "Register the schema under it, or name the subject under `registry` with `subjects: {" + topic
                                + ": ...}`; until then each value is one column of bytes."));
    }

    /** Other strategies name subjects after the record. */
    private static Optional<String> otherSubject(String topic, RegistryAnswer.Found written, RegistryClient client) {
        if (written.type() != SchemaType.AVRO) {
            return Optional.empty();
        }
        String record;
        try {
            record = AvroSchemas.parse(written.schema()).getFullName();
        } catch (AvroSchemas.NotAvro e) {
            return Optional.empty();
        }
        return Stream.of(topic + "-" + record, record)
                .filter(subject -> client.latest(subject) instanceof RegistryAnswer.Found)
                .findFirst();
    }

    private static ProposedFormat inRegistry(SchemaType type, Registry registry, String subjects, String why) {
        return new ProposedFormat(
                "type: " + word(type) + ", registry: {" + registry.named().options() + subjects + "}", List.of(why));
    }

    private static String named(String subject, SubjectVersion version) {
        return (version.version().isPresent() ? "version " + version.version().getAsInt() + " of " : "") + "`" + subject
                + "`";
    }

    private static String of(int some, SampledValues values) {
        return some + " of " + values.values();
    }

    private static String word(SchemaType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String file(String topic) {
        return topic.replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
