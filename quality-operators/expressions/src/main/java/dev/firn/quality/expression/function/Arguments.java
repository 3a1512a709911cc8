package dev.firn.quality.expression.function;

import java.util.List;
import java.util.stream.Collectors;

/** What there is to say about how many arguments there are and of what types. */
final class Arguments {

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth", "sixth");

    private Arguments() {}

    static String ordinal(int index) {
        return index < ORDINALS.size() ? ORDINALS.get(index) : (index + 1) + "th";
    }

    static NotApplicable wrongCount(String name, int given, List<Integer> allowed) {
        String counts = allowed.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        String noun = allowed.size() == 1 && allowed.get(0) == 1 ? " argument" : " arguments";
        return NotApplicable.because("`" + name + "` takes " + counts + noun + ", not " + given);
    }

    static void require(String name, List<Typed> arguments, Integer... allowed) throws NotApplicable {
        if (!List.of(allowed).contains(arguments.size())) {
            throw wrongCount(name, arguments.size(), List.of(allowed));
        }
    }

    /** `int` and `string`, as a complaint lists what can't be held together. */
    static String words(List<Typed> arguments) {
        List<String> words = arguments.stream()
                .map(part -> "`" + part.word() + "`")
                .distinct()
                .toList();
        return words.size() == 1
                ? words.get(0)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }
}
