package dev.firn.definition.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds references in a text; a doubled dollar before the brace makes a literal of what would be one. */
public final class References {

    private static final String LITERAL = "$${";
    private static final String OPENING = "${";
    private static final Pattern ENV = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("file:([^:]+)(?::([^:]+))?");
    private static final Pattern SECRET = Pattern.compile("secret:([A-Za-z0-9_][A-Za-z0-9._-]*)");

    private static final Pattern ELSEWHERE = Pattern.compile(
            "\\$\\{(?:env[.:]|ENV[.:_]?:?|Env[.:]|)([A-Za-z_][A-Za-z0-9_]*)(:-[^{}]*)?}?", Pattern.DOTALL);

    private References() {}

    /** What stands in the text, in its order; malformed ones are left out. */
    public static List<Reference> in(String raw) {
        List<Reference> found = new ArrayList<>();
        replace(
                raw,
                reference -> {
                    found.add(reference);
                    return "";
                },
                malformed -> {});
        return List.copyOf(found);
    }

    /** The first reference that says nothing, such as {@code ${env:}} or an unclosed one. */
    public static Optional<String> malformed(String raw) {
        List<String> found = new ArrayList<>();
        replace(raw, reference -> "", found::add);
        return found.stream().findFirst();
    }

    /** What a malformed one was probably meant to be: {@code ${X}} is {@code ${env:X}} elsewhere. */
    public static Optional<String> mended(String malformed) {
        Matcher name = ELSEWHERE.matcher(malformed);
        return name.matches()
                ? Optional.of("${env:" + name.group(1)
                        + Optional.ofNullable(name.group(2)).orElse("") + "}")
                : Optional.empty();
    }

    /** Whether there is anything to resolve, well-formed or not. */
    public static boolean standIn(String raw) {
        return raw.replace(LITERAL, "").contains(OPENING);
    }

    /** The text with each reference replaced and each literal without its second dollar. */
    static String replace(String raw, Function<Reference, String> value) {
        return replace(raw, value, malformed -> {
            throw new UnresolvedReference(malformed, "it is none of `${env:X}`, `${file:path}`, `${secret:x}`");
        });
    }

    private static String replace(String raw, Function<Reference, String> value, Consumer<String> malformed) {
        StringBuilder replaced = new StringBuilder();
        int position = 0;
        while (position < raw.length()) {
            if (raw.startsWith(LITERAL, position)) {
                replaced.append(OPENING);
                position += LITERAL.length();
            } else if (raw.startsWith(OPENING, position)) {
                int closing = raw.indexOf('}', position);
                String text = raw.substring(position, closing < 0 ? raw.length() : closing + 1);
                Optional<Reference> reference = closing < 0 ? Optional.empty() : parse(text);
                reference.ifPresentOrElse(found -> replaced.append(value.apply(found)), () -> malformed.accept(text));
                position += text.length();
            } else {
                replaced.append(raw.charAt(position++));
            }
        }
        return replaced.toString();
    }

    private static Optional<Reference> parse(String text) {
        String inner = text.substring(OPENING.length(), text.length() - 1);
        return parse(text, inner, Reference.Kind.ENV, ENV)
                .or(() -> parse(text, inner, Reference.Kind.FILE, FILE))
                .or(() -> parse(text, inner, Reference.Kind.SECRET, SECRET));
    }

    private static Optional<Reference> parse(String text, String inner, Reference.Kind kind, Pattern pattern) {
        Matcher matcher = pattern.matcher(inner);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> detail = matcher.groupCount() > 1 ? Optional.ofNullable(matcher.group(2)) : Optional.empty();
        return Optional.of(new Reference(text, kind, matcher.group(1), detail));
    }
}
