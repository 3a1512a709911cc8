package dev.firn.quality.expression.function;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Java's regular expressions; those that a thread used lately are at hand. */
final class Regex {

    private static final int AT_HAND = 64;

    /** The one that was used longest ago goes first. */
    private static final class Lately extends LinkedHashMap<String, Pattern> {

        Lately() {
            super(AT_HAND, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
            return size() > AT_HAND;
        }
    }

    private static final ThreadLocal<Lately> LATELY = ThreadLocal.withInitial(Lately::new);

    private Regex() {}

    static Pattern of(String regex) {
        return LATELY.get().computeIfAbsent(regex, Regex::compile);
    }

    /** It throws {@link EvaluationFailure} where it finds no end. */
    static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new CountedText(text));
    }

    /** One that is written out as an argument. */
    static Pattern written(String regex, int argument) throws NotApplicable {
        try {
            return compile(regex);
        } catch (EvaluationFailure failure) {
            throw NotApplicable.because(failure.sentence()).at(argument);
        }
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new EvaluationFailure("`'" + regex + "'` is no regular expression: "
                    + e.getDescription().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
