package dev.firn.schema.binding;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Everything that keeps a writer's schema out of a table, so that its owner sees it in one message. */
public final class Misfits {

    private static final int MOST_NAMED = 5;

    private final List<String> notInTable = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    public void noColumn(String path, ColumnType type) {
        notInTable.add("the table has no column for `" + path + "` (" + shown(type) + ")");
    }

    public void type(String path, ColumnType writer, ColumnType column) {
        notInTable.add("`" + path + "` is " + shown(writer) + ", and the table's column is " + shown(column));
    }

    public void noField(String path) {
        missing.add("the writer's schema has nothing for the required column `" + path + "`");
    }

    /** What the table would lose is said before what it lacks. */
    public void rejectAny() throws Rejected {
        if (!notInTable.isEmpty()) {
            throw new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, joined(notInTable));
        }
        if (!missing.isEmpty()) {
            throw new Rejected(RejectCode.MISSING_REQUIRED_COLUMN, joined(missing));
        }
    }

    /** A struct's type can be as long as a schema. */
    private static String shown(ColumnType type) {
        return Excerpt.of(type.toString());
    }

    public static String joined(List<String> sentences) {
        int named = Math.min(sentences.size(), MOST_NAMED);
        String list = String.join("; ", sentences.subList(0, named));
        return named == sentences.size() ? list : list + "; and " + (sentences.size() - named) + " more";
    }
}
