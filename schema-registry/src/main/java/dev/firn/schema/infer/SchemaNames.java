package dev.firn.schema.infer;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a schema is called of which the data do not say it. */
public final class SchemaNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private SchemaNames() {}

    /** As the file is, without its endings. */
    public static String of(Path file) {
        Path last = file.getFileName();
        return last == null ? "_" : word(last.toString().replaceFirst("(?<=.)\\..*", ""));
    }

    /** As the table is, without its schema. */
    public static String ofTable(String table) {
        return word(table.substring(table.lastIndexOf('.') + 1));
    }

    /** As a name has to be, with {@code _} for all else. */
    static String word(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** One that is given, which has to be a name. */
    public static String required(String name) throws NotInferable {
        if (!NAME.matcher(name).matches()) {
            throw new NotInferable("`" + name
                    + "` can't be the name of a record: letters, digits and `_`, no digit first, with dots in between");
        }
        return name;
    }
}
