package dev.firn.schema;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamSelection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that the file says each topic's subject, where no rule does, and that of no other. */
public final class SubjectRules {

    private SubjectRules() {}

    /** @param source whose {@code format} the options are from */
    public static void check(
            Bound<?> source, FormatOptions format, StreamSelection selection, Diagnostics diagnostics) {
        if (!format.isFramed() || format.registry().isEmpty()) {
            // A key's subject is its topic's, whatever is said of values.
            return;
        }
        List<String> topics = selection.named().stream().map(NamedStream::name).toList();
        RegistryOptions registry = format.registryInUse();
        for (String topic : registry.subjects().keySet()) {
            if (selection.of(topic).isEmpty()) {
                diagnostics.report(Diagnostic.error(
                                SchemaCode.SUBJECT_OF_NO_TOPIC,
                                source.spanOf("format", "registry", "subjects", topic),
                                "`subjects` has one for `" + topic + "`, which is none of the source's topics")
                        .fixedBy(Suggestion.nearest(topic, topics)
                                .map(meant -> "rename it to `" + meant + "`")
                                .orElse("remove it, or add the topic to `topics`")));
            }
        }
        if (registry.subjectNaming() != SubjectNaming.RECORD_NAME) {
            return;
        }
        for (StreamSelection.Line line : selection.selecting()) {
            diagnostics.report(Diagnostic.error(
                            SchemaCode.SUBJECT_NOT_NAMED,
                            line.span(),
                            "with `subject-naming: record-name` the name of a topic does not say its subject, so none can be"
                                    + " selected by `" + line.text() + "`")
                    .fixedBy("name the topics, and the subject of each in `subjects`"));
        }
        List<String> unnamed = new TreeSet<>(topics)
                .stream()
                        .filter(topic -> !registry.subjects().containsKey(topic))
                        .toList();
        if (!unnamed.isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            SchemaCode.SUBJECT_NOT_NAMED,
                            source.spanOf("format", "registry", "subject-naming"),
                            "with `record-name` the name of a topic does not say its subject: "
                                    + unnamed.stream()
                                            .map(topic -> "`" + topic + "`")
                                            .collect(Collectors.joining(", ")))
                    .fixedBy("add `subjects: {" + unnamed.get(0) + ": the.records.Name}`"));
        }
    }
}
