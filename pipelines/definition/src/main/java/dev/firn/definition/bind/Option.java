package dev.firn.definition.bind;

import dev.firn.definition.reference.Masking;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
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
        return Optional.ofNullable(field(constant).getAnnotation(Word.class))
                .map(Word::value)
                .orElseGet(() -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
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

    /** The type inside all lists, maps and optionals. */
    Class<?> innermost() {
        Type inner = type;
        while (inner instanceof ParameterizedType) {
            inner = inside(inner);
        }
        return rawType(inner);
    }

    /** What holds where the file leaves it out, though that is not bound. */
    public Optional<String> usual() {
        return annotation(declared, Usually.class, Usually::value);
    }

    /** What holds where nothing is said, in words: bound or not. */
    public Optional<String> unlessSaid() {
        return defaultText.or(this::usual);
    }

    public boolean isRequired() {
        return declared.isAnnotationPresent(Required.class);
    }

    public boolean isSecret() {
        return declared.isAnnotationPresent(Secret.class);
    }

    /** Whether its name says so, which is how a line is known to be masked that a complaint shows. */
    boolean tellsItIsSecret() {
        return Masking.looksSecret(name);
    }

    /** Whether foreign settings pass through it under their own names. */
    public boolean isOpen() {
        return rawType(type) == Map.class && !declared.isAnnotationPresent(OwnNames.class);
    }

    /** Whether nothing acts on it yet. */
    public boolean isUnbuilt() {
        return declared.isAnnotationPresent(NotBuiltYet.class);
    }

    /** Whether nothing acts on a word yet. */
    public static boolean isUnbuilt(Enum<?> word) {
        return field(word).isAnnotationPresent(NotBuiltYet.class);
    }

    private static Field field(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("our bug: an enum without its constant " + constant.name(), e);
        }
    }

    /** The constant of an enum for a word. */
    static Optional<Enum<?>> constant(Class<?> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(Enum.class::cast)
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /** The words that an enum option takes, in the order of their declaration; empty where it takes no words. */
    public List<String> words() {
        Class<?> raw = innermost();
        if (!raw.isEnum()) {
            return List.of();
        }
        List<String> among =
                annotation(declared, Among.class, Among::value).map(List::of).orElse(List.of());
        return Arrays.stream(raw.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .filter(word -> among.isEmpty() || among.contains(word))
                .toList();
    }

    /** Those of its words that nothing acts on yet. */
    public List<String> unbuiltWords() {
        Class<?> raw = innermost();
        return words().stream()
                .filter(word -> constant(raw, word).filter(Option::isUnbuilt).isPresent())
                .toList();
    }

    /** The option that a record may be written as alone. */
    public static Optional<Option> shorthand(Class<?> record) {
        return Optional.ofNullable(record.getAnnotation(Shorthand.class))
                .map(shorthand -> of(record.asSubclass(Record.class)).stream()
                        .filter(option -> option.name().equals(shorthand.value()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "our bug: " + record + " has no option `" + shorthand.value() + "`")));
    }

    /** The options inside, where this one is a mapping of its own, alone or in a list. */
    public Optional<Class<? extends Record>> nested() {
        Class<?> raw = innermost();
        return raw.isRecord() && !ScalarType.isScalar(raw)
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

    /** What other tools call it. */
    List<String> otherNames() {
        return annotation(declared, AlsoKnownAs.class, AlsoKnownAs::value)
                .map(List::of)
                .orElse(List.of());
    }

    /** Foreign settings under it that are looked for beside it. */
    List<String> held() {
        return annotation(declared, Holds.class, Holds::value).map(List::of).orElse(List.of());
    }

    /** The options beside it, itself among them. */
    List<Option> beside() {
        return of(declared.getDeclaringRecord().asSubclass(Record.class));
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
