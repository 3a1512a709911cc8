package dev.firn.connector.kafka;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks Kafka's own settings: the one that must be there, those that Firn owns, and the one that loses exactness. */
final class PropertyRules {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String ISOLATION_LEVEL = "isolation.level";
    static final String READ_COMMITTED = "read_committed";
    static final String READ_UNCOMMITTED = "read_uncommitted";

    private static final String NO_OFFSETS_IN_KAFKA =
            "Firn keeps its positions in its ledger and commits none to Kafka";
    private static final String BYTES = "Firn reads bytes; what they mean is said in `format`";

    /** What the file must not say, with the reason. */
    private static final Map<String, String> RESERVED = new TreeMap<>(Map.of(
            "auto.offset.reset",
            "a position that the broker no longer has is an error; where to start is `startup`",
            "client.id.prefix",
            "Firn names its clients after the pipeline and the source",
            "enable.auto.commit",
            NO_OFFSETS_IN_KAFKA,
            "group.id",
            NO_OFFSETS_IN_KAFKA + ", so a consumer group would stay empty",
            "group.instance.id",
            NO_OFFSETS_IN_KAFKA + ", so a consumer group would stay empty",
            "key.deserializer",
            BYTES,
            "value.deserializer",
            BYTES));

    private PropertyRules() {}

    static void check(Bound<?> source, Map<String, Text> properties, Diagnostics diagnostics) {
        if (!properties.containsKey(BOOTSTRAP_SERVERS)) {
            diagnostics.report(Diagnostic.error(
                            KafkaCode.NO_BOOTSTRAP_SERVERS,
                            source.span("properties"),
                            "option `properties` lacks `" + BOOTSTRAP_SERVERS + "`")
                    .fixedBy("add `" + BOOTSTRAP_SERVERS + ": host:port`"));
        }
        RESERVED.forEach((name, reason) -> {
            if (properties.containsKey(name)) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.RESERVED_PROPERTY,
                                source.span("properties", name),
                                "property `" + name + "` can't be set: " + reason)
                        .fixedBy("remove it"));
            }
        });
        isolation(properties).ifPresent(level -> checkIsolation(source, level, diagnostics));
    }

    /** The isolation level as the file has it. */
    static Optional<String> isolation(Map<String, Text> properties) {
        return Optional.ofNullable(properties.get(ISOLATION_LEVEL)).map(Text::raw);
    }

    private static void checkIsolation(Bound<?> source, String level, Diagnostics diagnostics) {
        if (level.equals(READ_UNCOMMITTED)) {
            diagnostics.report(new Diagnostic(
                    KafkaCode.READ_UNCOMMITTED,
                    Severity.DANGER,
                    source.span("properties", ISOLATION_LEVEL),
                    "",
                    "with `" + READ_UNCOMMITTED + "` records of aborted transactions become rows",
                    Optional.empty(),
                    Optional.of("remove it: the default is `" + READ_COMMITTED + "`")));
        } else if (!level.equals(READ_COMMITTED) && !References.standIn(level)) {
            diagnostics.report(Diagnostic.error(
                            KafkaCode.INVALID_KAFKA_PROPERTY,
                            source.span("properties", ISOLATION_LEVEL),
                            "`" + level + "` is not a value of `" + ISOLATION_LEVEL + "`")
                    .expecting(Suggestion.oneOf(List.of(READ_COMMITTED, READ_UNCOMMITTED))));
        }
    }
}
