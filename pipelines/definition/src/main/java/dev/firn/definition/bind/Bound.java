package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/** Options as a record, with the nodes they came from, so that a later phase can still point at the place. */
public record Bound<R extends Record>(R options, Node.Mapping node) {

    /** Where an option's value stands, or the component itself where the file leaves the option out. */
    public SourceSpan span(String option) {
        return node.child(option).map(Node::span).orElse(node.span());
    }

    /** Where one item of a list option stands; a single value counts as a list of one. */
    public SourceSpan span(String option, int index) {
        return node.child(option)
                .map(child -> child instanceof Node.Sequence list
                                && index < list.items().size()
                        ? list.items().get(index).span()
                        : child.span())
                .orElse(node.span());
    }

    /** Where the value of one key of a map option stands. */
    public SourceSpan span(String option, String key) {
        return node.child(option)
                .map(child -> child instanceof Node.Mapping map
                        ? map.child(key).map(Node::span).orElse(child.span())
                        : child.span())
                .orElse(node.span());
    }

    /** Where what a path of keys leads to stands, or the innermost mapping on the way there that the file has. */
    public SourceSpan spanOf(String... path) {
        return at(path).span();
    }

    /** Where one item of the list stands that a path of keys leads to; a single value counts as a list of one. */
    public SourceSpan itemOf(int index, String... path) {
        Node found = at(path);
        return found instanceof Node.Sequence list && index < list.items().size()
                ? list.items().get(index).span()
                : found.span();
    }

    private Node at(String... path) {
        Node found = node;
        for (String key : path) {
            Optional<Node> child = found instanceof Node.Mapping map ? map.child(key) : Optional.empty();
            if (child.isEmpty()) {
                break;
            }
            found = child.get();
        }
        return found;
    }
}
