package dev.firn.plan;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of the file as a plan may show it: references stay, secrets that are written out do not. */
public final class ShownText {

    /** Stands for any reference where only the rest of a text counts. */
    private static final String SOME_REFERENCE = "${}";

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^@\\s]+(?=@)");
    private static final Pattern NAME_ONLY = Pattern.compile("([^:]*:)?");
    private static final Pattern SECRET_IN_QUERY =
            Pattern.compile("(?i)(?<=[?&;])([\\w.-]*(?:password|pwd|secret|token|credential)[\\w.-]*=)([^&;\\s]+)");

    private ShownText() {}

    static String of(String name, Text text) {
        return of(name, text.raw());
    }

    /** The text under a name that tells whether it is a secret; what was shown once is shown the same again. */
    public static String of(String name, String raw) {
        if (Masking.looksSecret(name)) {
            return Masking.masked(raw);
        }
        String address = USER_IN_ADDRESS
                .matcher(raw)
                .replaceAll(user -> Matcher.quoteReplacement(isWrittenOut(user.group()) ? Masking.MASK : user.group()));
        return SECRET_IN_QUERY
                .matcher(address)
                .replaceAll(query -> Matcher.quoteReplacement(query.group(1) + Masking.masked(query.group(2))));
    }

    /** The text without what its references say: one that points elsewhere in another environment is the same. */
    static String withoutReferences(String shown) {
        String without = shown;
        for (Reference reference : References.in(shown)) {
            without = without.replace(reference.raw(), SOME_REFERENCE);
        }
        return without;
    }

    /** Whether more than a name is written out: {@code firn:${secret:registry}} may be read by everybody. */
    private static boolean isWrittenOut(String user) {
        boolean readable = References.in(user).stream()
                .allMatch(reference -> Masking.masked(reference.raw()).equals(reference.raw()));
        return !readable
                || !NAME_ONLY
                        .matcher(withoutReferences(user).replace(SOME_REFERENCE, ""))
                        .matches();
    }
}
