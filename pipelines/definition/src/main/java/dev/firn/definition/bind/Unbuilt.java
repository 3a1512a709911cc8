package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a file says and nothing acts on yet, as {@link NotBuiltYet} marks it, in a component that is bound. */
public final class Unbuilt {

    /** What to do about an option. */
    public static final String FIX = "remove it, for nothing does what it says";

    private final Diagnostics diagnostics;
    private boolean found;

    private Unbuilt(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports each option and each word of a component that is not built; answers whether there was one. */
    public static boolean report(Bound<?> component, Diagnostics diagnostics) {
        Unbuilt unbuilt = new Unbuilt(diagnostics);
        unbuilt.record(component.node(), component.options().getClass());
        return unbuilt.found;
    }

    /** Whether a component is not built as a whole. */
    public static boolean isUnbuilt(Class<?> component) {
        return component.isAnnotationPresent(NotBuiltYet.class);
    }

    /** The complaint about something that stands in the file, called as {@code what} says. */
    public static Diagnostic complaint(String what, SourceSpan span) {
        return Diagnostic.error(DefinitionCode.NOT_BUILT_YET, span, what + " is not built yet");
    }

    private void report(Diagnostic complaint) {
        diagnostics.report(complaint.fixedBy(FIX));
        found = true;
    }

    private void record(Node.Mapping node, Class<? extends Record> type) {
        for (Option option : Option.of(type)) {
            node.entry(option.name()).ifPresent(entry -> {
                if (option.isUnbuilt()) {
                    report(complaint(
                            "option `" + option.name() + "`", entry.key().span()));
                } else {
                    value(entry.value(), option.type(), option.name());
                }
            });
        }
    }

    private void value(Node node, Type type, String name) {
        Class<?> raw = Option.rawType(type);
        if (raw == Optional.class) {
            value(node, Option.inside(type), name);
        } else if (raw == List.class) {
            items(node).forEach(item -> value(item, Option.inside(type), name));
        } else if (raw.isEnum()) {
            word(node, raw, name);
        } else if (node instanceof Node.Mapping mapping && Option.rawType(type).isRecord()) {
            record(mapping, raw.asSubclass(Record.class));
        } else if (node instanceof Node.Mapping mapping && raw == Map.class) {
            mapping.entries().forEach(entry -> value(entry.value(), Option.inside(type), name));
        } else if (node instanceof Node.Scalar) {
            Option.shorthand(raw).ifPresent(option -> value(node, option.type(), name));
        }
    }

    private static List<Node> items(Node node) {
        return node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    }

    private void word(Node node, Class<?> type, String name) {
        if (node instanceof Node.Scalar scalar
                && Option.constant(type, scalar.text())
                        .filter(Option::isUnbuilt)
                        .isPresent()) {
            report(complaint("`" + name + ": " + scalar.text() + "`", scalar.span()));
        }
    }
}
