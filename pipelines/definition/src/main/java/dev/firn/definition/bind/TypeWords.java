package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the reference calls the type of an option. */
final class TypeWords {

    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Text.class, "text, may hold references"),
            Map.entry(boolean.class, "`true` or `false`"),
            Map.entry(Boolean.class, "`true` or `false`"),
            Map.entry(int.class, "whole number"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(long.class, "whole number"),
            Map.entry(Long.class, "whole number"),
            Map.entry(Duration.class, "time"),
            Map.entry(ByteSize.class, "size"),
            Map.entry(Share.class, "share"),
            Map.entry(Pattern.class, "regular expression"),
            Map.entry(Node.class, "anything"),
            Map.entry(Node.Scalar.class, "value"),
            Map.entry(Selector.class, "selector"));

    private TypeWords() {}

    static String of(Option option) {
        return of(option.type(), option);
    }

    private static String of(Type type, Option option) {
        Class<?> raw = Option.rawType(type);
        if (raw == Optional.class) {
            return of(Option.inside(type), option);
        }
        if (raw == List.class) {
            return "list of " + of(Option.inside(type), option);
        }
        if (raw == Map.class) {
            return "mapping of names to " + of(Option.inside(type), option);
        }
        if (raw.isEnum()) {
            return Suggestion.oneOf(option.words());
        }
        return Optional.ofNullable(WORDS.get(raw)).orElseGet(() -> Option.shorthand(raw)
                .map(alone -> of(alone) + ", or mapping")
                .orElse("mapping"));
    }
}
