package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.Text;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            Map.entry(Selector.class, "selector"),
            Map.entry(Node.class, "what the option of that name takes"));

    private TypeWords() {}

    static String of(Type type) {
        Class<?> raw = Option.rawType(type);
        if (raw == Optional.class) {
            return of(Option.inside(type));
        }
        if (raw == List.class) {
            return "list of " + of(Option.inside(type));
        }
        if (raw == Map.class) {
            return "mapping of names to " + of(Option.inside(type));
        }
        if (raw.isEnum()) {
            return Suggestion.oneOf(Arrays.stream(raw.getEnumConstants())
                    .map(constant -> Option.word((Enum<?>) constant))
                    .toList());
        }
        return Optional.ofNullable(WORDS.get(raw)).orElse("mapping");
    }
}
