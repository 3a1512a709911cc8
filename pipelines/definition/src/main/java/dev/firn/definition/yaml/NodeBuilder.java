package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds the tree from the parser's events and refuses the parts of YAML that a pipeline file does without. */
final class NodeBuilder {

    private static final int DEEPEST = 64;

    private final SpanFinder spans;
    private final Diagnostics diagnostics;
    private boolean faithful = true;

    NodeBuilder(SpanFinder spans, Diagnostics diagnostics) {
        this.spans = spans;
        this.diagnostics = diagnostics;
    }

    /** The only document's root; empty for an empty file and where the tree would not say what the text says. */
    Optional<Node> build(Iterator<Event> events) {
        try {
            return document(events);
        } catch (TooDeep e) {
            return Optional.empty();
        }
    }

    private Optional<Node> document(Iterator<Event> events) {
        Optional<Node> root = Optional.empty();
        boolean seen = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (seen) {
                    refuse(start, "the file holds several documents", "keep one pipeline in a file");
                    break;
                }
                seen = true;
            } else if (event instanceof NodeEvent) {
                root = Optional.of(node(event, events, 1));
            }
        }
        return faithful
                ? root.filter(node -> !(node instanceof Node.Scalar scalar && scalar.isNothing()))
                : Optional.empty();
    }

    private Node node(Event event, Iterator<Event> events, int depth) {
        if (event instanceof NodeEvent node
                && !(event instanceof AliasEvent)
                && node.getAnchor().isPresent()) {
            refuse(event, "the file uses an anchor", "write the value out in each place");
        }
        if (depth > DEEPEST) {
            refuse(event, "the file is nested deeper than " + DEEPEST + " levels", "flatten it");
            throw new TooDeep();
        }
        if (event instanceof MappingStartEvent start) {
            return mapping(start, events, depth);
        }
        if (event instanceof SequenceStartEvent start) {
            return sequence(start, events, depth);
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        refuse(event, "the file uses an alias", "write the value out in each place");
        return nothing(event);
    }

    private Node.Scalar nothing(Event event) {
        return new Node.Scalar("", false, span(event));
    }

    private Node.Scalar scalar(ScalarEvent event) {
        event.getTag().ifPresent(tag -> refuseTag(event, tag));
        if (event.isPlain() && event.getValue().matches("(?s)[\u2018\u201c\u201e].*")) {
            refuse(
                    event,
                    "a text is in typographic quotes, which are no quotes to YAML",
                    "write straight quotes, `\"`");
        }
        return new Node.Scalar(event.getValue(), !event.isPlain(), span(event));
    }

    private Node.Sequence sequence(SequenceStartEvent start, Iterator<Event> events, int depth) {
        start.getTag().ifPresent(tag -> refuseTag(start, tag));
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof SequenceEndEvent)) {
            items.add(node(event, events, depth + 1));
            event = events.next();
        }
        SourceSpan first = span(start);
        return new Node.Sequence(
                items,
                start.isFlow() || items.isEmpty()
                        ? spans.between(start.getStartMark(), event.getEndMark())
                        : spans.over(
                                new SourceSpan(first.file(), first.line(), first.column(), 1),
                                items.get(0).span()));
    }

    private Node.Mapping mapping(MappingStartEvent start, Iterator<Event> events, int depth) {
        start.getTag().ifPresent(tag -> refuseTag(start, tag));
        List<Node.Entry> entries = new ArrayList<>();
        Map<String, SourceSpan> seen = new HashMap<>();
        Event event = events.next();
        while (!(event instanceof MappingEndEvent)) {
            Node key = node(event, events, depth + 1);
            Node value = node(events.next(), events, depth + 1);
            if (key instanceof Node.Scalar nameless && nameless.isNothing()) {
                refuse(event, "a key is empty", "write a word before the colon");
            } else if (key instanceof Node.Scalar name) {
                SourceSpan earlier = seen.putIfAbsent(name.text(), name.span());
                if (earlier == null) {
                    entries.add(new Node.Entry(name, atKeyIfEmpty(value, name)));
                } else {
                    diagnostics.report(doubled(name, earlier));
                }
            } else {
                refuseKey(key);
            }
            event = events.next();
        }
        SourceSpan span = start.isFlow() || entries.isEmpty()
                ? spans.between(start.getStartMark(), event.getEndMark())
                : entries.get(0).key().span();
        return new Node.Mapping(entries, span);
    }

    private static Diagnostic doubled(Node.Scalar key, SourceSpan earlier) {
        return Diagnostic.error(
                        DefinitionCode.DUPLICATE_KEY,
                        key.span(),
                        "key `" + key.text() + "` stands here twice, first in line " + earlier.line())
                .fixedBy("remove one of the two, or merge them");
    }

    /** Nothing has no place of its own: the key is where one looks. */
    private static Node atKeyIfEmpty(Node value, Node.Scalar key) {
        return value instanceof Node.Scalar scalar && scalar.text().isEmpty() && !scalar.quoted()
                ? new Node.Scalar("", false, key.span())
                : value;
    }

    private void refuseKey(Node key) {
        faithful = false;
        Optional<Diagnostic> template =
                spans.line(key.span()).contains("{{") ? new ForeignText(spans).upTo(key.span()) : Optional.empty();
        diagnostics.report(template.orElseGet(
                () -> Diagnostic.error(DefinitionCode.UNSUPPORTED_YAML, key.span(), "a key is " + key.kind())
                        .fixedBy("write the key as a single word")));
    }

    private void refuseTag(Event event, String tag) {
        refuse(
                event,
                "the file uses the tag `" + tag.replace("tag:yaml.org,2002:", "!!") + "`",
                "remove the tag: the option says what its value is");
    }

    private void refuse(Event event, String message, String fix) {
        faithful = false;
        diagnostics.report(Diagnostic.error(DefinitionCode.UNSUPPORTED_YAML, span(event), message)
                .fixedBy(fix));
    }

    private SourceSpan span(Event event) {
        return spans.between(event.getStartMark(), event.getEndMark());
    }

    /** Ends the reading at once: the parser takes quadratic time on what is nested without end. */
    private static final class TooDeep extends RuntimeException {}
}
