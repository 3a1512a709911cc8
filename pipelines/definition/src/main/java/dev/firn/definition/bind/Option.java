package dev.firn.definition.bind;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One option of a component, as its options record declares it.
 *
 * @param name kebab-case, as in the file
 * @param type the Java type, with its parameters
 * @param defaultText as it would stand in the file
 * @param declared where the remaining annotations are
 */
public record Option(String name, Type type, Optional<String> defaultText, RecordComponent declared) {

    /** The options of a record in the order of their declaration. */
    public static List<Option> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(component -> new Option(
                        annotation(component, Word.class, Word::value).orElseGet(() -> kebab(component.getName())),
                        component.getGenericType(),
                        annotation(component, Default.class, Default::value),
                        component))
                .toList();
    }

    /** The word for an enum's constant: {@code latest-offset} for {@code LATEST_OFFSET}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static Class<?> rawType(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    /** The type parameter that says what is inside: of a list, of an optional, of a map's values. */
    static Type inside(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    public boolean isRequired() {
        return declared.isAnnotationPresent(Required.class);
    }

    public boolean isSecret() {
        return declared.isAnnotationPresent(Secret.class);
    }

    /** Whether foreign settings pass through it under their own names. */
    public boolean isOpen() {
        return rawType(type) == Map.class;
    }

    /** The options inside, where this one is a mapping of its own, alone or in a list. */
    public Optional<Class<? extends Record>> nested() {
        Type inner = type;
        while (inner instanceof ParameterizedType) {
            inner = inside(inner);
        }
        Class<?> raw = rawType(inner);
        return raw.isRecord() && ScalarType.of(raw).isEmpty()
                ? Optional.of(raw.asSubclass(Record.class))
                : Optional.empty();
    }

    public Optional<String> doc() {
        return annotation(declared, Doc.class, Doc::value);
    }

    public Optional<String> example() {
        return annotation(declared, Example.class, Example::value);
    }

    /** The words of {@code type} that it goes with; empty where that makes no difference. */
    public Optional<OfType> ofType() {
        return annotation(declared, OfType.class, Function.identity());
    }

    Optional<String> atLeast() {
        return annotation(declared, AtLeast.class, AtLeast::value);
    }

    Optional<String> atMost() {
        return annotation(declared, AtMost.class, AtMost::value);
    }

    Optional<Matching> matching() {
        return annotation(declared, Matching.class, Function.identity());
    }

    private static <A extends Annotation, T> Optional<T> annotation(
            RecordComponent component, Class<A> type, Function<A, T> value) {
        return Optional.ofNullable(component.getAnnotation(type)).map(value);
    }
}
