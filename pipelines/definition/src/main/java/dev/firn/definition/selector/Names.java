package dev.firn.definition.selector;

import java.util.regex.Pattern;

/** The rules for names of tables and namespaces. */
public final class Names {

    /** What a name looks like, in words. */
    public static final String TABLE_NAME = "`namespace.table`: letters, digits, `_` and `-`, with at least one dot";

    private static final String PART = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]*";
    private static final Pattern NAMESPACE = Pattern.compile(PART + "(\\." + PART + ")*");
    private static final Pattern TABLE = Pattern.compile(PART + "(\\." + PART + ")+");

    private Names() {}

    /** A name for what a stream becomes: what is neither letter, digit nor {@code _} becomes {@code _}, and a leading digit gets one before it. */
    public static String fromStream(String stream) {
        String name = characters(stream);
        return startsWithDigit(name) ? "_" + name : name;
    }

    static String characters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}_]", "_");
    }

    static boolean startsWithDigit(String name) {
        return !name.isEmpty() && Character.isDigit(name.codePointAt(0));
    }

    public static boolean isTableName(String name) {
        return TABLE.matcher(name).matches();
    }

    public static boolean isNamespace(String name) {
        return NAMESPACE.matcher(name).matches();
    }
}
