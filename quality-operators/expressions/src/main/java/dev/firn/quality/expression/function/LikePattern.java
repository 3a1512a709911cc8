package dev.firn.quality.expression.function;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** SQL's two kinds of patterns as tests of a text. Frequent forms need no regular expression. */
final class LikePattern {

    /** Signs with a meaning in Java's regular expressions and none in a pattern of SQL. */
    private static final String LITERAL_IN_LIKE = "\\^$.|?*+()[]{}";

    private static final String LITERAL_IN_SIMILAR = "\\^$";

    private LikePattern() {}

    static Predicate<String> compile(String pattern, @Nullable String escape, boolean like) {
        if (escape != null && escape.length() != 1) {
            throw new EvaluationFailure("`escape` takes one character, not `'" + escape + "'`");
        }
        if (like && escape == null && pattern.indexOf('_') < 0) {
            String inner = pattern.replaceAll("^%+|%+$", "");
            if (inner.indexOf('%') < 0) {
                return plain(inner, pattern.startsWith("%"), pattern.endsWith("%"));
            }
        }
        try {
            Pattern compiled = Pattern.compile(regex(pattern, escape, like), Pattern.DOTALL);
            return text -> Regex.matcher(compiled, text).matches();
        } catch (PatternSyntaxException e) {
            throw new EvaluationFailure("`'" + pattern + "'` is no pattern");
        }
    }

    private static Predicate<String> plain(String inner, boolean anyBefore, boolean anyBehind) {
        if (anyBefore && anyBehind) {
            return inner.length() == 1 ? text -> text.indexOf(inner.charAt(0)) >= 0 : text -> text.contains(inner);
        }
        if (anyBefore) {
            return text -> text.endsWith(inner);
        }
        return anyBehind ? text -> text.startsWith(inner) : inner::equals;
    }

    private static String regex(String pattern, @Nullable String escape, boolean like) {
        StringBuilder regex = new StringBuilder();
        boolean inBrackets = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (escape != null && c == escape.charAt(0)) {
                i++;
                if (i == pattern.length()) {
                    throw new EvaluationFailure("`'" + pattern + "'` ends with its escape character");
                }
                if (like && "%_".indexOf(pattern.charAt(i)) < 0 && pattern.charAt(i) != c) {
                    throw new EvaluationFailure("in `'" + pattern + "'` the escape character stands before `"
                            + pattern.charAt(i) + "`, which has no meaning to take");
                }
                regex.append(Pattern.quote(pattern.substring(i, i + 1)));
            } else if (!inBrackets && c == '%') {
                regex.append(".*");
            } else if (!inBrackets && c == '_') {
                regex.append('.');
            } else if ((like ? LITERAL_IN_LIKE : LITERAL_IN_SIMILAR).indexOf(c) >= 0 && !(inBrackets && c == '^')) {
                regex.append('\\').append(c);
            } else {
                inBrackets = !like && (c == '[' || (inBrackets && c != ']'));
                regex.append(c);
            }
        }
        return regex.toString();
    }
}
