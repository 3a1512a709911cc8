package dev.firn.connector.kafka;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.InvalidSelector;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.source.StreamSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a file says of topics: Kafka's own rule for names, each name once, and that there is something to exclude from. */
public final class TopicRules {

    private static final int LONGEST = 249;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1," + LONGEST + "}");

    private TopicRules() {}

    static void check(Bound<?> source, KafkaOptions options, Diagnostics diagnostics) {
        List<String> topics = options.topics();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < topics.size(); index++) {
            String topic = topics.get(index);
            if (isPattern(topic)) {
                selector(topic, source.span("topics", index), diagnostics);
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
        excluded(source, options, diagnostics);
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
    public static boolean isPattern(String topic) {
        return topic.startsWith("/") || topic.contains("*");
    }

    /** What selects topics, none where it is a name; reports what is none of both. */
    private static Optional<Selector> selector(String topic, SourceSpan span, Diagnostics diagnostics) {
        try {
            Selector selector = Selector.parse(topic);
            if (selector.source().isPresent()) {
                diagnostics.report(ofASource(selector, span));
                return Optional.empty();
            }
            return Optional.of(selector);
        } catch (InvalidSelector e) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.INVALID_SELECTOR,
                            span,
                            "option `topics` " + e.reason() + ": `" + topic + "`")
                    .expecting(Selector.EXPECTATION));
            return Optional.empty();
        }
    }

    /** Topics have no slash in their names, so it would select none. */
    private static Diagnostic ofASource(Selector selector, SourceSpan span) {
        return Diagnostic.error(
                        DefinitionCode.INVALID_SELECTOR,
                        span,
                        "`" + selector + "` names a source, and these are topics of this one alone")
                .fixedBy("write `"
                        + selector.toString().substring(selector.toString().indexOf('/') + 1) + "`");
    }

    private static void excluded(Bound<?> source, KafkaOptions options, Diagnostics diagnostics) {
        List<Selector> exclude = options.exclude().orElse(List.of());
        boolean selects = options.topics().stream().anyMatch(TopicRules::isPattern);
        for (int index = 0; index < exclude.size(); index++) {
            Selector selector = exclude.get(index);
            if (selector.source().isPresent()) {
                diagnostics.report(ofASource(selector, source.span("exclude", index)));
                continue;
            }
            Optional<String> named = options.topics().stream()
                    .filter(topic -> !isPattern(topic) && selector.matches(topic))
                    .findFirst();
            if (named.isPresent()) {
                diagnostics.report(Diagnostic.error(
                                DefinitionCode.OPTION_WITHOUT_USE,
                                source.span("exclude", index),
                                "`" + selector + "` excludes `" + named.get() + "`, which `topics` names")
                        .fixedBy("remove one of the two"));
            } else if (!selects) {
                diagnostics.report(Diagnostic.error(
                                DefinitionCode.OPTION_WITHOUT_USE,
                                source.span("exclude", index),
                                "all topics are named, so there is nothing to exclude `" + selector + "` from")
                        .fixedBy("remove it, or select topics by a name with `*` or by an expression between slashes"));
            }
        }
    }

    /** What the file says of the source's topics; what is no selector was reported, and selects nothing. */
    static StreamSelection selection(Bound<?> source, KafkaOptions options) {
        List<StreamSelection.Line> lines = new ArrayList<>();
        for (int index = 0; index < options.topics().size(); index++) {
            String topic = options.topics().get(index);
            SourceSpan span = source.span("topics", index);
            Optional<Selector> selector =
                    isPattern(topic) ? selector(topic, span, new Diagnostics()) : Optional.empty();
            if (!isPattern(topic) || selector.isPresent()) {
                lines.add(new StreamSelection.Line(topic, selector, span));
            }
        }
        return new StreamSelection(lines, options.exclude().orElse(List.of()));
    }

    /** Whether a broker could have a topic of that name. */
    public static boolean isName(String topic) {
        return NAME.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }
}
