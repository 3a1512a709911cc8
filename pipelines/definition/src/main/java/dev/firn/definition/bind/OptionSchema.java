package dev.firn.definition.bind;

import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A component's options as a JSON Schema, made from the record that the binder binds. It is made of maps, lists and values, as JSON
 * is.
 */
public final class OptionSchema {

    /** A reference that is none after a doubled dollar; where one is needed to make the plan, none may stand. */
    private static final String REFERENCE = "(^|[^$])(\\$\\$)*\\$\\{";

    /** What YAML reads as text, number or truth is text to an option that takes text. */
    private static final List<String> TEXT = List.of("string", "number", "boolean");

    private OptionSchema() {}

    /** The mapping, or what may stand for it alone. */
    public static Map<String, Object> of(Class<? extends Record> record) {
        Map<String, Object> mapping = mapping(record, Map.of());
        return Option.shorthand(record)
                .map(alone -> anyOf(value(alone), mapping))
                .orElse(mapping);
    }

    /** @param elsewhere what may stand there too and is no option of the record */
    public static Map<String, Object> mapping(Class<? extends Record> record, Map<String, ?> elsewhere) {
        List<Option> options = Option.of(record);
        Map<String, Object> properties = new LinkedHashMap<>(elsewhere);
        options.forEach(option -> properties.put(option.name(), described(option)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required =
                options.stream().filter(Option::isRequired).map(Option::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        List<Object> rules = options.stream()
                .filter(TypeRules::isType)
                .flatMap(type -> options.stream().flatMap(option -> rules(type, option)))
                .toList();
        if (!rules.isEmpty()) {
            schema.put("allOf", rules);
        }
        return schema;
    }

    /** What an editor shows beside an option. */
    public static Map<String, Object> described(Option option) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String words = OptionReference.said(option)
                + option.unlessSaid()
                        .map(text -> " Unless said: `" + text + "`.")
                        .orElse("");
        schema.put("description", words.replace("**", ""));
        schema.put("markdownDescription", words);
        // Sorted, for small maps have another order in each process.
        schema.putAll(new TreeMap<>(value(option)));
        if (schema.get("anyOf") instanceof List<?> forms) {
            // Over a value that has forms, editors show what is said of each of them, and nothing of what stands
            // around.
            schema.put("anyOf", List.of(said(words, (Map<?, ?>) forms.get(0)), forms.get(1)));
        }
        option.unlessSaid()
                .flatMap(text ->
                        literal(option.usual().isPresent() ? option.innermost() : Option.rawType(option.type()), text))
                .ifPresent(value -> schema.put("default", value));
        if (!option.isSecret()) {
            option.example()
                    .flatMap(text -> literal(option.innermost(), text))
                    .ifPresent(value -> schema.put("examples", List.of(value)));
        }
        return schema;
    }

    private static Map<String, Object> said(String words, Map<?, ?> form) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("markdownDescription", words);
        new TreeMap<>(form).forEach((key, value) -> described.put(String.valueOf(key), value));
        return described;
    }

    /** A default or an example, where it is a single value. */
    private static Optional<Object> literal(Class<?> type, String text) {
        if (text.startsWith("[") || text.startsWith("{")) {
            return Optional.empty();
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return Optional.of(Long.parseLong(text));
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(Boolean.parseBoolean(text));
        }
        return ScalarType.isScalar(type) ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, Object> value(Option option) {
        return value(option.type(), option);
    }

    private static Map<String, Object> value(Type type, Option option) {
        Class<?> raw = Option.rawType(type);
        if (raw == Optional.class) {
            return value(Option.inside(type), option);
        }
        if (raw == List.class) {
            return list(value(Option.inside(type), option), option);
        }
        if (raw == Map.class) {
            return Map.of("type", "object", "additionalProperties", value(Option.inside(type), option));
        }
        if (raw == Node.class) {
            return Map.of();
        }
        if (raw.isRecord() && !ScalarType.isScalar(raw)) {
            return of(raw.asSubclass(Record.class));
        }
        return scalar(raw, option);
    }

    /** A single value stands for a list of one. */
    private static Map<String, Object> list(Map<String, Object> inside, Option option) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("items", inside);
        if (option.isRequired()) {
            list.put("minItems", 1);
        }
        return inside.isEmpty() ? list : anyOf(list, inside);
    }

    private static Map<String, Object> scalar(Class<?> raw, Option option) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (raw.isEnum()) {
            schema.put("enum", option.words());
        } else if (raw == boolean.class || raw == Boolean.class) {
            schema.put("type", "boolean");
        } else if (raw == Duration.class) {
            schema.put("type", "string");
            schema.put("pattern", "^[0-9]+(ms|s|m|h|d)$");
        } else if (raw == ByteSize.class) {
            schema.put("type", "string");
            schema.put("pattern", "^[0-9]+(KiB|MiB|GiB)$");
        } else if (raw == Share.class) {
            schema.put("type", "string");
            schema.put("pattern", "^[0-9]{1,3}(\\.[0-9]{1,2})?%$");
        } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            schema.put("type", "integer");
            option.atLeast().ifPresent(least -> schema.put("minimum", Long.parseLong(least)));
            option.atMost().ifPresent(most -> schema.put("maximum", Long.parseLong(most)));
        } else {
            text(raw, option, schema);
        }
        return schema;
    }

    private static void text(Class<?> raw, Option option, Map<String, Object> schema) {
        schema.put("type", TEXT);
        if (option.isRequired()) {
            schema.put("minLength", 1);
        }
        option.matching().ifPresent(matching -> schema.put("pattern", "^(" + matching.value() + ")$"));
        if (raw != Text.class) {
            schema.put("not", Map.of("type", "string", "pattern", REFERENCE));
        }
    }

    private static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return Map.of("anyOf", List.of(one, other));
    }

    /** What {@link TypeRules} refuses. */
    private static Stream<Object> rules(Option type, Option option) {
        Optional<OfType> types = option.ofType();
        if (types.isEmpty()) {
            return Stream.empty();
        }
        List<String> allowed = List.of(types.get().value());
        List<String> others =
                type.words().stream().filter(word -> !allowed.contains(word)).toList();
        List<Object> rules = new ArrayList<>();
        if (!others.isEmpty()) {
            rules.add(whereType(others, Map.of("properties", Map.of(option.name(), false))));
        }
        if (types.get().required().length > 0) {
            rules.add(whereType(List.of(types.get().required()), Map.of("required", List.of(option.name()))));
        }
        return rules.stream();
    }

    /** What holds where a component is one of some types. */
    public static Map<String, Object> whereType(List<String> types, Map<String, Object> then) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("if", Map.of("properties", Map.of("type", Map.of("enum", types)), "required", List.of("type")));
        rule.put("then", then);
        return rule;
    }
}
