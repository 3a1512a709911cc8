package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.spi.source.SchemaPart;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The subject of a topic: for values the one that the file names, or what its naming says; for keys {@code <topic>-key}.
 *
 * @param span where the file names the topic
 */
record TopicSubject(
        String topic,
        SchemaPart part,
        RegistryOptions options,
        RegistryServers servers,
        SourceSpan span,
        Diagnostics diagnostics) {

    /** A record's full name; so `orders-eu-a.B` is none of `orders`, and what another naming left is none either. */
    private static final Pattern FULL_NAME = Pattern.compile("(?!(?:key|value)$)[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*");

    private static final int MOST_SHOWN = 10;

    /** Empty if something was reported, here or by {@link SubjectRules}. */
    Optional<String> in(RegistryClient registry) {
        if (part == SchemaPart.KEY) {
            return Optional.of(topic + "-key");
        }
        return named().or(() -> switch (options.subjectNaming()) {
            case TOPIC_NAME -> Optional.of(topic + "-value");
            case RECORD_NAME -> Optional.empty();
            case TOPIC_RECORD_NAME -> onlyOne(registry.subjects(prefix()));
        });
    }

    /** Reports that the registry does not have it. */
    void missing(String subject) {
        report(
                SchemaCode.SUBJECT_NOT_FOUND,
                servers.named() + " has no subject `" + subject + "`",
                "register the topic's " + part.word() + " schema under `" + subject + "`, or " + elsewhere());
    }

    private String elsewhere() {
        return switch (part) {
            case KEY -> "say how keys are encoded that have none: `key: {type: string}`";
            case VALUE -> "check " + (named().isPresent() ? "`subjects` in `registry`" : "the topic's name");
        };
    }

    private Optional<String> onlyOne(List<String> subjects) {
        List<String> found = subjects.stream()
                .filter(subject ->
                        FULL_NAME.matcher(subject.substring(prefix().length())).matches())
                .sorted()
                .toList();
        if (found.isEmpty()) {
            report(
                    SchemaCode.SUBJECT_NOT_FOUND,
                    servers.named() + " has no subject `" + prefix() + "<the record's name>`",
                    "register the topic's value schema under such a subject, or name the one that it has: `subjects: {"
                            + topic + ": ...}`");
        } else if (found.size() > 1) {
            report(
                    SchemaCode.AMBIGUOUS_SUBJECT,
                    servers.named() + " has several subjects for topic `" + topic + "`: " + shown(found),
                    "say which one the columns come from: `subjects: {" + topic + ": " + found.get(0) + "}`");
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<String> named() {
        return Optional.ofNullable(options.subjects().get(topic));
    }

    private String prefix() {
        return topic + "-";
    }

    private static String shown(List<String> subjects) {
        String shown = subjects.stream()
                .limit(MOST_SHOWN)
                .map(subject -> "`" + subject + "`")
                .collect(Collectors.joining(", "));
        return subjects.size() > MOST_SHOWN ? shown + " and " + (subjects.size() - MOST_SHOWN) + " more" : shown;
    }

    void report(SchemaCode code, String message, String fix) {
        diagnostics.report(Diagnostic.error(code, span, message).fixedBy(fix));
    }
}
