package dev.firn.plan.settings;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.plan.ShownText;
import java.util.stream.Collectors;

/** A part of a file as one line of a page shows it. */
public final class ShownNode {

    private ShownNode() {}

    /** @param name tells whether it is a secret */
    public static String text(String name, Node node) {
        if (node instanceof Node.Sequence list) {
            return list.items().isEmpty()
                    ? "[]"
                    : list.items().stream().map(item -> inside(name, item)).collect(Collectors.joining(", "));
        }
        return inside(name, node);
    }

    private static String inside(String name, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> entry.key().text() + ": " + inside(entry.key().text(), entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(item -> inside(name, item)).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = ((Node.Scalar) node).text().strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "\"\"" : ShownText.of(name, text);
    }

    /** {@code shop.yaml:12}. */
    public static String place(SourceSpan span) {
        return span.file() + ":" + span.line();
    }
}
