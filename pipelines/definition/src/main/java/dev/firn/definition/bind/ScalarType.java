package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.InvalidSelector;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a single value becomes Java.
 *
 * @param expectation what stands there when it is right, in words
 */
record ScalarType(String expectation, Parser parser) {

    private static final Map<Class<?>, ScalarType> KNOWN = Map.ofEntries(
            Map.entry(String.class, new ScalarType("text", text -> text)),
            Map.entry(Text.class, new ScalarType("text", ScalarType::text)),
            Map.entry(boolean.class, new ScalarType("`true` or `false`", ScalarType::truth)),
            Map.entry(Boolean.class, new ScalarType("`true` or `false`", ScalarType::truth)),
            Map.entry(int.class, new ScalarType("a whole number", text -> (int) whole(text, Integer.MAX_VALUE))),
            Map.entry(Integer.class, new ScalarType("a whole number", text -> (int) whole(text, Integer.MAX_VALUE))),
            Map.entry(long.class, new ScalarType("a whole number", text -> whole(text, Long.MAX_VALUE))),
            Map.entry(Long.class, new ScalarType("a whole number", text -> whole(text, Long.MAX_VALUE))),
            Map.entry(Duration.class, new ScalarType(Quantities.TIME, Quantities::duration)),
            Map.entry(ByteSize.class, new ScalarType(Quantities.SIZE, Quantities::byteSize)),
            Map.entry(Share.class, new ScalarType(Quantities.SHARE, Quantities::share)),
            // Whether it was written in quotes the node alone tells, which the binder hands on.
            Map.entry(Node.Scalar.class, new ScalarType("a single value", text -> text)),
            Map.entry(Pattern.class, new ScalarType("a regular expression of Java", ScalarType::pattern)),
            Map.entry(Selector.class, new ScalarType(Selector.EXPECTATION, ScalarType::selector)));

    /** Reads a text; what it gives back has the type that it is filed under. */
    @FunctionalInterface
    interface Parser {
        Object parse(String text) throws Refusal;
    }

    static boolean isScalar(Class<?> type) {
        return type.isEnum() || KNOWN.containsKey(type);
    }

    /** What an option takes where its type says that; of an enum the words that the option takes. */
    static Optional<ScalarType> of(Class<?> type, Option option) {
        return type.isEnum() ? Optional.of(words(type, option.words())) : Optional.ofNullable(KNOWN.get(type));
    }

    private static Object text(String raw) throws Refusal {
        Optional<String> malformed = References.malformed(raw);
        if (malformed.isPresent()) {
            throw Refusal.of(DefinitionCode.MALFORMED_REFERENCE, "holds a malformed reference")
                    .expecting("`${env:X}`, `${env:X:-default}`, `${file:path}`, `${file:path:key}` or `${secret:x}`")
                    .fixedBy(Optional.of(References.mended(malformed.get())
                                    .map(right -> "write `" + right + "`, or")
                                    .orElse("mend it, or write")
                            + " `$${` for a literal `${`"));
        }
        return new Text(raw);
    }

    private static Object truth(String text) throws Refusal {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "yes", "on", "Yes", "On", "YES", "ON", "True", "TRUE" -> throw Refusal.of(
                            DefinitionCode.WRONG_TYPE, "is not `true` or `false`")
                    .fixedBy(Optional.of("write `true`"));
            case "no", "off", "No", "Off", "NO", "OFF", "False", "FALSE" -> throw Refusal.of(
                            DefinitionCode.WRONG_TYPE, "is not `true` or `false`")
                    .fixedBy(Optional.of("write `false`"));
            default -> throw Refusal.of(DefinitionCode.WRONG_TYPE, "is not `true` or `false`");
        };
    }

    private static long whole(String text, long greatest) throws Refusal {
        if (!text.matches("[+-]?[0-9]+")) {
            throw Refusal.of(DefinitionCode.WRONG_TYPE, "is not a whole number")
                    .fixedBy(
                            text.matches("[0-9]{1,3}([_,][0-9]{3})+")
                                    ? Optional.of("write `" + text.replaceAll("[_,]", "") + "`")
                                    : Optional.empty());
        }
        try {
            long value = Long.parseLong(text);
            if (Math.abs(value) <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint: more digits than a long has.
        }
        throw Refusal.of(DefinitionCode.INVALID_VALUE, "is too great a number").expecting("at most `" + greatest + "`");
    }

    private static Object selector(String text) throws Refusal {
        try {
            return Selector.parse(text);
        } catch (InvalidSelector e) {
            throw Refusal.of(DefinitionCode.INVALID_SELECTOR, e.reason())
                    .fixedBy(Selector.betweenSlashes(text).map(right -> "write `" + right + "`"));
        }
    }

    private static Object pattern(String text) throws Refusal {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw Refusal.of(
                    DefinitionCode.INVALID_VALUE,
                    "is no regular expression (" + e.getDescription().toLowerCase(Locale.ROOT) + ")");
        }
    }

    private static ScalarType words(Class<?> type, List<String> words) {
        return new ScalarType(Suggestion.oneOf(words), text -> {
            Optional<Enum<?>> constant = Option.constant(type, text);
            if (constant.isEmpty()) {
                throw Refusal.of(DefinitionCode.INVALID_VALUE, "has an unknown value")
                        .fixedBy(Suggestion.nearest(text, words).map(word -> "write `" + word + "`"));
            }
            if (!words.contains(text)) {
                throw Refusal.of(DefinitionCode.INVALID_VALUE, "has a value that means nothing here");
            }
            return constant.get();
        });
    }
}
