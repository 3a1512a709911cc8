package dev.firn.connector.kafka;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.InvalidSelector;
import dev.firn.definition.selector.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the list of topics: Kafka's own rule for names, and each name once. */
public final class TopicRules {

    private static final int LONGEST = 249;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1," + LONGEST + "}");

    private TopicRules() {}

    static void check(Bound<?> source, List<String> topics, Diagnostics diagnostics) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < topics.size(); index++) {
            String topic = topics.get(index);
            if (isPattern(topic)) {
                pattern(topic, source.span("topics", index), diagnostics);
            } else if (!isName(topic)) {
                diagnostics.report(noName(topic, source.span("topics", index)));
            } else if (!seen.add(topic)) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.DUPLICATE_TOPIC,
                                source.span("topics", index),
                                "topic `" + topic + "` is named twice")
                        .fixedBy("remove one of the two"));
            }
        }
    }

    private static Diagnostic noName(String topic, SourceSpan span) {
        Diagnostic diagnostic = Diagnostic.error(
                        KafkaCode.INVALID_TOPIC_NAME,
                        span,
                        "`" + topic.strip().replaceAll("\\R", " ") + "` is not the name of a topic")
                .expecting("letters, digits, `.`, `_` and `-`, at most " + LONGEST);
        List<String> several =
                Pattern.compile("[\\s,;]+").splitAsStream(topic.strip()).toList();
        return several.size() > 1 && several.stream().allMatch(TopicRules::isName)
                ? diagnostic.fixedBy("write a list, `[" + String.join(", ", several) + "]`")
                : diagnostic;
    }

    /** Whether it selects topics rather than naming one. */
    static boolean isPattern(String topic) {
        return topic.startsWith("/") || topic.contains("*");
    }

    private static void pattern(String topic, SourceSpan span, Diagnostics diagnostics) {
        try {
            Selector.parse(topic);
            diagnostics.report(Unbuilt.complaint("selecting topics by `" + topic + "`", span)
                    .fixedBy("name the topics"));
        } catch (InvalidSelector e) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.INVALID_SELECTOR,
                            span,
                            "option `topics` " + e.reason() + ": `" + topic + "`")
                    .expecting(Selector.EXPECTATION));
        }
    }

    /** Whether a broker could have a topic of that name. */
    public static boolean isName(String topic) {
        return NAME.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }
}
