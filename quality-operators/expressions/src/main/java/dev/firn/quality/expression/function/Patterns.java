package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.INT;
import static dev.firn.quality.expression.function.Kind.TEXT;

import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Texts that follow a pattern. One that is written out is compiled once. */
final class Patterns {

    static final Group GROUP = new Group(
            "Patterns",
            List.of(
                    matching(
                                    "like",
                                    "a like p escape c",
                                    "Whether it is as the pattern: `%` any characters, `_` any one; `escape` names what takes their meaning from them.",
                                    true)
                            .shown("'a@b.org' like '%@%'", "TRUE")
                            .shown("'10%' like '10!%' escape '!'", "TRUE"),
                    matching("not like", "a not like p", "Whether it is not.", true)
                            .shown("'abc' not like '_b_'", "FALSE"),
                    matching(
                                    "similar to",
                                    "a similar to p",
                                    "Whether all of it is as SQL's regular expression: as in `like`, and `.`, `|`, `*`, `+`, `?`, `{n,m}`, `(...)`, `[...]`.",
                                    false)
                            .shown("'NEW-42' similar to '(NEW|OLD)-[0-9]+'", "TRUE"),
                    matching("not similar to", "a not similar to p", "Whether not all of it is.", false)
                            .shown("'x' not similar to '[ab]'", "TRUE"),
                    Function.of(
                                    "regexp",
                                    "regexp(s, r)",
                                    "Whether some part of it is as Java's regular expression `r`; also `s rlike r`.",
                                    Patterns::found)
                            .shown("regexp('order 42', '[0-9]+')", "TRUE"),
                    Function.of(
                                    "regexp_extract",
                                    "regexp_extract(s, r, n)",
                                    "What the `n`th group of the regular expression took, 0 is all of it; null where nothing is found.",
                                    Signatures.of(
                                            "regexp_extract",
                                            Signature.of(TEXT, TEXT, Primitive.STRING, (s, r) -> group(s, r, 0))
                                                    .orNull(),
                                            Signature.of(TEXT, TEXT, INT, Primitive.STRING, Patterns::group)
                                                    .orNull()))
                            .shown("regexp_extract('order 42', '([a-z]+) ([0-9]+)', 2)", "42"),
                    Function.of(
                                    "regexp_replace",
                                    "regexp_replace(s, r, t)",
                                    "With every part that is as `r` replaced by `t`.",
                                    Signatures.of(
                                            "regexp_replace",
                                            Signature.of(TEXT, TEXT, TEXT, Primitive.STRING, Patterns::replaced)
                                                    .orNull()))
                            .shown("regexp_replace('a1b22', '[0-9]+', '#')", "a#b#")));

    private Patterns() {}

    private static Function matching(String name, String form, String says, boolean like) {
        boolean negated = name.startsWith("not ");
        return Function.of(name, form, says, arguments -> {
            requireTexts(name, arguments);
            Evaluator text = arguments.get(0).evaluator();
            boolean written = arguments.stream().skip(1).allMatch(part -> part.constant() && part.value() != null);
            if (written) {
                String escape =
                        arguments.size() > 2 ? String.valueOf(arguments.get(2).value()) : null;
                Predicate<String> pattern =
                        compiled(String.valueOf(arguments.get(1).value()), escape, like);
                return Typed.of(Primitive.BOOLEAN, Typed.any(arguments), row -> {
                    Object one = text.of(row);
                    return one == null ? null : pattern.test((String) one) != negated;
                });
            }
            Evaluator pattern = arguments.get(1).evaluator();
            Evaluator escape = arguments.size() > 2 ? arguments.get(2).evaluator() : row -> "";
            boolean escaped = arguments.size() > 2;
            LastPattern last = new LastPattern(like);
            return Typed.of(Primitive.BOOLEAN, Typed.any(arguments), row -> {
                Object one = text.of(row);
                Object two = pattern.of(row);
                Object three = escape.of(row);
                return (one == null || two == null || three == null)
                        ? null
                        : last.of((String) two, escaped ? (String) three : null).test((String) one) != negated;
            });
        });
    }

    private static Predicate<String> compiled(String pattern, @Nullable String escape, boolean like)
            throws NotApplicable {
        try {
            return LikePattern.compile(pattern, escape, like);
        } catch (EvaluationFailure failure) {
            throw NotApplicable.because(failure.sentence()).at(1);
        }
    }

    private static void requireTexts(String name, List<Typed> arguments) throws NotApplicable {
        for (int i = 0; i < arguments.size(); i++) {
            Typed argument = arguments.get(i);
            if (argument.type().isPresent() && !argument.is(Primitive.STRING)) {
                throw NotApplicable.because("`" + name + "` takes texts, not `" + argument.word() + "`")
                        .at(i);
            }
        }
    }

    private static Typed found(List<Typed> arguments) throws NotApplicable {
        Rule rule = Signatures.of(
                "regexp", Signature.of(TEXT, TEXT, Primitive.BOOLEAN, (s, r) -> Regex.matcher(Regex.of(r), s)
                        .find()));
        if (arguments.size() == 2
                && arguments.get(1).constant()
                && arguments.get(1).is(Primitive.STRING)) {
            Optional<Object> written = Optional.ofNullable(arguments.get(1).value());
            if (written.isPresent()) {
                java.util.regex.Pattern pattern = Regex.written((String) written.orElseThrow(), 1);
                rule = Signatures.of(
                        "regexp", Signature.of(TEXT, TEXT, Primitive.BOOLEAN, (s, r) -> Regex.matcher(pattern, s)
                                .find()));
            }
        }
        return rule.resolve(arguments);
    }

    private static @Nullable String group(String s, String regex, int group) {
        Matcher matcher = Regex.matcher(Regex.of(regex), s);
        return group < 0 || group > matcher.groupCount() || !matcher.find() ? null : matcher.group(group);
    }

    private static String replaced(String s, String regex, String by) {
        Matcher matcher = Regex.matcher(Regex.of(regex), s);
        StringBuilder whole = new StringBuilder();
        while (matcher.find()) {
            if (!splitsACharacter(s, matcher)) {
                matcher.appendReplacement(whole, Matcher.quoteReplacement(by));
            }
        }
        return matcher.appendTail(whole).toString();
    }

    /** An empty match between the two halves of one character, where nothing can be put. */
    private static boolean splitsACharacter(String s, Matcher matcher) {
        int at = matcher.start();
        return at == matcher.end()
                && at > 0
                && at < s.length()
                && Character.isSurrogatePair(s.charAt(at - 1), s.charAt(at));
    }
}
