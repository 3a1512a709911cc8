package dev.firn.definition.selector;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Selects names: a name, a name with {@code *} (any run of characters), or a regular expression between slashes.
 *
 * <p>Whole names, case-sensitive. A name with a slash inside, {@code crm/public.*}, selects streams of one source.
 */
public final class Selector implements Serializable {

    /** What one looks like, in words. */
    public static final String EXPECTATION = "a name, a name with `*`, or a regular expression between slashes";

    /** No stream and no table of ours has these in its name, and who writes them means a pattern. */
    private static final Pattern SIGN = Pattern.compile("[\\\\^|()\\[\\]+?]");

    private final String text;
    private final Pattern pattern;
    private final Form form;

    private enum Form {
        NAME,
        WILDCARD,
        EXPRESSION
    }

    private Selector(String text, Pattern pattern, Form form) {
        this.text = text;
        this.pattern = pattern;
        this.form = form;
    }

    /**
     * Reads a selector as it stands in the file.
     *
     * @throws InvalidSelector where it is none
     */
    public static Selector parse(String text) {
        if (text.isBlank()) {
            throw new InvalidSelector(text, "is empty");
        }
        if (text.startsWith("/")) {
            return expression(text);
        }
        if (text.contains(",")) {
            throw new InvalidSelector(text, "holds a comma, and is one selector");
        }
        Matcher sign = SIGN.matcher(text);
        if (sign.find()) {
            throw new InvalidSelector(
                    text, "holds `" + sign.group() + "`, which means something only in a regular expression");
        }
        Form form = text.contains("*") ? Form.WILDCARD : Form.NAME;
        return new Selector(text, wildcards(text), form);
    }

    /** What was written as a regular expression, but for the slashes; empty where it is none. */
    public static Optional<String> betweenSlashes(String text) {
        if (text.startsWith("/") || text.contains(",") || !SIGN.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            String whole = Pattern.compile(text.replaceFirst("^\\^", "").replaceFirst("\\$$", ""))
                    .pattern();
            return Optional.of("/" + whole + "/");
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Selector expression(String text) {
        if (text.length() < 3 || !text.endsWith("/")) {
            throw new InvalidSelector(text, "starts with a slash but does not end with one");
        }
        try {
            return new Selector(text, Pattern.compile(text.substring(1, text.length() - 1)), Form.EXPRESSION);
        } catch (PatternSyntaxException e) {
            throw new InvalidSelector(text, "is no regular expression (" + inWords(e) + ")");
        }
    }

    private static String inWords(PatternSyntaxException e) {
        String description = e.getDescription();
        String lowered = description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1);
        // Counted in the selector, whose first character is the slash.
        return e.getIndex() < 0 ? lowered : lowered + " at character " + (e.getIndex() + 2);
    }

    private static Pattern wildcards(String text) {
        StringBuilder expression = new StringBuilder();
        for (int position = 0; position < text.length(); position++) {
            char character = text.charAt(position);
            expression.append(character == '*' ? "(.*)" : Pattern.quote(String.valueOf(character)));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    /** What the groups took, {@code $1} first, if the whole name is selected. */
    public Optional<List<String>> match(String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            groups.add(Optional.ofNullable(matcher.group(group)).orElse(""));
        }
        return Optional.of(List.copyOf(groups));
    }

    /** Like {@link #match(String)} for a stream; a selector that names a source selects among that source's streams only. */
    public Optional<List<String>> match(String source, String stream) {
        return source().isPresent() ? match(source + "/" + stream) : match(stream);
    }

    public boolean matches(String name) {
        return match(name).isPresent();
    }

    /** Whether it may select a name that begins so; false only where it certainly selects none. */
    public boolean mayBegin(String beginning) {
        Matcher matcher = pattern.matcher(beginning);
        return matcher.matches() || matcher.hitEnd();
    }

    /** How many groups there are to refer to. */
    public int groups() {
        return pattern.matcher("").groupCount();
    }

    /** The source that a selector such as {@code crm/public.*} is limited to; may itself hold a {@code *}. */
    public Optional<String> source() {
        int slash = text.indexOf('/');
        return form == Form.EXPRESSION || slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
    }

    /** The one name that it selects, if it is neither a wildcard nor an expression. */
    public Optional<String> literal() {
        return form == Form.NAME ? Optional.of(text) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector selector && selector.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return text;
    }
}
