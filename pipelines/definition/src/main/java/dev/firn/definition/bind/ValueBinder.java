package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the node of one option into the value that its record takes; an empty answer has been reported. */
final class ValueBinder {

    private final Option option;
    private final Diagnostics diagnostics;

    ValueBinder(Option option, Diagnostics diagnostics) {
        this.option = option;
        this.diagnostics = diagnostics;
    }

    Optional<Object> bind(Node node) {
        return bind(node, option.type(), option.name());
    }

    private Optional<Object> bind(Node node, Type type, String name) {
        Class<?> raw = Option.rawType(type);
        if (raw == Optional.class) {
            return bind(node, Option.inside(type), name).map(Optional::of);
        }
        if (raw == Node.class) {
            return Optional.of(node);
        }
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            diagnostics.report(Complaints.noValue(option, name, scalar.span()));
            return Optional.empty();
        }
        if (raw == List.class) {
            return list(node, Option.inside(type), name);
        }
        if (raw == Map.class) {
            return map(node, Option.inside(type), name);
        }
        Optional<ScalarType> scalarType = ScalarType.of(raw, option);
        if (scalarType.isPresent()) {
            Optional<Object> value = scalar(node, raw, scalarType.get(), name);
            return raw == Node.Scalar.class ? value.map(text -> node) : value;
        }
        if (raw.isRecord()) {
            return record(node, raw.asSubclass(Record.class), name);
        }
        throw new IllegalStateException("option `" + option.name() + "` has a type that can't be bound: " + type);
    }

    private Optional<Object> list(Node node, Type inside, String name) {
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
        if (items.isEmpty() && option.isRequired()) {
            diagnostics.report(Diagnostic.error(
                    DefinitionCode.INVALID_VALUE, node.span(), "option `" + name + "` is an empty list"));
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        items.forEach(item -> bind(item, inside, name).ifPresent(values::add));
        return values.size() == items.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> map(Node node, Type inside, String name) {
        if (!(node instanceof Node.Mapping mapping)) {
            return wrongKind(node, name, "a mapping of names to values");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            bind(entry.value(), inside, name + "." + key).ifPresent(value -> values.put(key, value));
        }
        return values.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    private Optional<Object> record(Node node, Class<? extends Record> type, String name) {
        Optional<Option> shorthand = Option.shorthand(type);
        if (node instanceof Node.Scalar scalar && shorthand.isPresent()) {
            return alone(scalar, shorthand.get(), type, name);
        }
        if (node instanceof Node.Scalar scalar) {
            diagnostics.report(Complaints.alone(type, scalar, name));
            return Optional.empty();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return wrongKind(node, name, "a mapping with " + Complaints.names(type));
        }
        return Binder.bind(mapping, type, diagnostics.at(name)).map(Bound::options);
    }

    /** A single value in the place of a mapping; complaints about it name the option that the user wrote. */
    private Optional<Object> alone(Node.Scalar scalar, Option shorthand, Class<? extends Record> type, String name) {
        return new ValueBinder(shorthand, diagnostics)
                .bind(scalar, shorthand.type(), name)
                .flatMap(fine -> Binder.bind(Node.Mapping.of(shorthand.name(), scalar), type, diagnostics.at(name)))
                .map(Bound::options);
    }

    private Optional<Object> scalar(Node node, Class<?> raw, ScalarType type, String name) {
        if (!(node instanceof Node.Scalar scalar)) {
            return wrongKind(node, name, type.expectation());
        }
        try {
            if (raw != Text.class && References.standIn(scalar.text())) {
                throw Refusal.of(DefinitionCode.REFERENCE_NOT_ALLOWED, "can't hold a reference")
                        .expecting(type.expectation() + ", written out, since it is needed to make the plan");
            }
            if (option.isSecret()
                    && !option.tellsItIsSecret()
                    && Masking.masked(scalar.text()).equals(Masking.MASK)) {
                throw Refusal.of(DefinitionCode.SECRET_IN_CLEAR, "is a secret and stands here in clear")
                        .expecting("a reference and nothing else: `${secret:x}`, `${file:path}` or `${env:X}`");
            }
            Object value = type.parser().parse(scalar.text());
            Limits.check(option, type, scalar.text(), value);
            return Optional.of(value);
        } catch (Refusal refusal) {
            diagnostics.report(Complaints.refused(refusal, type, scalar, name, isSecret(name)));
            return Optional.empty();
        }
    }

    private Optional<Object> wrongKind(Node node, String name, String expectation) {
        diagnostics.report(Complaints.wrongKind(option, node, name, expectation));
        return Optional.empty();
    }

    private boolean isSecret(String name) {
        return option.isSecret() || Masking.looksSecret(name);
    }
}
