package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Binds a mapping to the options record of a component and reports everything that is wrong with it at once.
 *
 * <p>A record's constructor may refuse a combination of options by an {@code IllegalArgumentException} whose message is
 * for the user.
 */
public final class Binder {

    private Binder() {}

    /** Binds a mapping in which nothing but the record's options may stand. */
    public static <R extends Record> Checked<Bound<R>> bind(Node.Mapping node, Class<R> type) {
        Diagnostics diagnostics = new Diagnostics();
        return new Checked<>(bind(node, type, diagnostics), diagnostics.inOrder());
    }

    /** As above; empty where something was reported. */
    public static <R extends Record> Optional<Bound<R>> bind(
            Node.Mapping node, Class<R> type, Diagnostics diagnostics) {
        return bind(node, type, Set.of(), diagnostics);
    }

    /**
     * As above.
     *
     * @param readElsewhere keys that may stand here too, but are no options of the record, such as {@code type}
     */
    public static <R extends Record> Optional<Bound<R>> bind(
            Node.Mapping node, Class<R> type, Set<String> readElsewhere, Diagnostics diagnostics) {
        List<Option> options = Option.of(type);
        Set<String> allowed = options.stream().map(Option::name).collect(Collectors.toCollection(TreeSet::new));
        allowed.addAll(readElsewhere);
        Set<String> misspelled = tooDeep(node, options);
        boolean known = refuseUnknown(node, options, allowed, misspelled, diagnostics);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Option option : options) {
            // What is missing only because it has a wrong name, or stands in a wrong place, has been told.
            if (node.child(option.name()).isPresent() || !misspelled.contains(option.name()) || !option.isRequired()) {
                value(node, option, diagnostics).ifPresent(value -> values.put(option.name(), value));
            }
        }
        known &= options.stream()
                .filter(TypeRules::isType)
                .map(option -> values.get(option.name()))
                .filter(Objects::nonNull)
                .allMatch(word -> TypeRules.check(node, options, word, diagnostics));
        return known && values.size() == options.size()
                ? construct(node, type, values.values().toArray(), diagnostics)
                : Optional.empty();
    }

    /** What stands, with levels of its own, among foreign settings, which have none. */
    private static Set<String> tooDeep(Node.Mapping node, List<Option> options) {
        return options.stream()
                .filter(Option::isOpen)
                .flatMap(option -> node.child(option.name()).stream())
                .flatMap(child -> child instanceof Node.Mapping open ? open.entries().stream() : Stream.empty())
                .filter(entry -> !(entry.value() instanceof Node.Scalar))
                .map(entry -> entry.key().text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean refuseUnknown(
            Node.Mapping node,
            List<Option> options,
            Set<String> allowed,
            Set<String> misspelled,
            Diagnostics diagnostics) {
        List<Node.Scalar> unknown = node.entries().stream()
                .map(Node.Entry::key)
                .filter(key -> !allowed.contains(key.text()))
                .toList();
        for (Node.Scalar key : unknown) {
            Optional<Meant> meant = Meant.of(key.text(), options, allowed);
            meant.map(Meant::option).ifPresent(misspelled::add);
            diagnostics.report(Complaints.unknown(key, meant, allowed));
        }
        return unknown.isEmpty();
    }

    private static Optional<Object> value(Node.Mapping node, Option option, Diagnostics diagnostics) {
        Optional<Node> given = node.child(option.name());
        if (given.isPresent()) {
            return new ValueBinder(option, diagnostics).bind(given.get());
        }
        if (option.isRequired()) {
            diagnostics.report(Complaints.missing(option, node.span()));
            return Optional.empty();
        }
        return option.defaultText().map(text -> written(option, text)).or(() -> leftOut(node, option, diagnostics));
    }

    /** A default or an example, which is YAML in an annotation; a mistake in it is ours. */
    static Object written(Option option, String text) {
        Checked<Node> node = YamlReader.read("annotation of " + option.name(), text);
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.reportAll(node.diagnostics());
        return node.value()
                .flatMap(value -> new ValueBinder(option, diagnostics).bind(value))
                .orElseThrow(() -> new IllegalStateException(
                        "option `" + option.name() + "` declares a value that does not bind: `" + text + "`: "
                                + diagnostics.inOrder().stream()
                                        .map(Diagnostic::message)
                                        .toList()));
    }

    private static Optional<Object> leftOut(Node.Mapping node, Option option, Diagnostics diagnostics) {
        Class<?> raw = Option.rawType(option.type());
        if (raw == Optional.class) {
            return Optional.of(Optional.empty());
        }
        if (raw == List.class) {
            return Optional.of(List.of());
        }
        if (raw == Map.class) {
            return Optional.of(Map.of());
        }
        if (option.nested().isPresent()) {
            return bind(
                            new Node.Mapping(List.of(), node.span()),
                            option.nested().get(),
                            diagnostics.at(option.name()))
                    .map(Bound::options);
        }
        throw new IllegalStateException("option `" + option.name() + "` is neither required nor has it a default");
    }

    private static <R extends Record> Optional<Bound<R>> construct(
            Node.Mapping node, Class<R> type, Object[] values, Diagnostics diagnostics) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return Optional.of(new Bound<>(constructor.newInstance(values), node));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null) {
                diagnostics.report(Diagnostic.error(DefinitionCode.INVALID_VALUE, node.span(), refusal.getMessage()));
                return Optional.empty();
            }
            throw new IllegalStateException("options of " + type.getSimpleName() + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("options of " + type.getSimpleName() + " can't be made", e);
        }
    }
}
