package dev.firn.cli.outlook;

import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;

/**
 * One change of a column, and what is done about it.
 *
 * @param before in a few words; empty where nothing was
 * @param after empty where nothing is
 * @param why of what can't be done; empty of all else
 * @param by the line of the file that has decided it, or what it is by else
 */
public record ChangeLine(
        String kind, String path, String before, String after, String why, String decision, String by) {

    private static final String REQUIRED = "required";
    private static final String OPTIONAL = "optional";

    /** Two sides and, of what can't be done, why. */
    private record Sides(String before, String after, String why) {

        static Sides of(String before, String after) {
            return new Sides(before, after, "");
        }
    }

    static ChangeLine of(Decided decided, String by) {
        Sides sides = sides(decided.change());
        return new ChangeLine(
                decided.change().kind().word(),
                decided.change().path(),
                sides.before(),
                sides.after(),
                sides.why(),
                decided.decision().word(),
                by);
    }

    private static Sides sides(SchemaChange change) {
        if (change instanceof SchemaChange.AddColumn add) {
            return Sides.of("", add.column().type().toString());
        } else if (change instanceof SchemaChange.DropColumn drop) {
            return Sides.of(drop.was().toString(), "");
        } else if (change instanceof SchemaChange.RenameColumn rename) {
            return Sides.of(rename.was(), last(rename.path(), rename.was()));
        } else if (change instanceof SchemaChange.WidenType widen) {
            return Sides.of(widen.was().toString(), widen.is().toString());
        } else if (change instanceof SchemaChange.NarrowType narrow) {
            return Sides.of(narrow.was().toString(), narrow.is().toString());
        } else if (change instanceof SchemaChange.MakeOptional) {
            return Sides.of(REQUIRED, OPTIONAL);
        } else if (change instanceof SchemaChange.MakeRequired) {
            return Sides.of(OPTIONAL, REQUIRED);
        } else if (change instanceof SchemaChange.AddSymbol add) {
            return Sides.of("", String.join(", ", add.symbols()));
        } else if (change instanceof SchemaChange.RemoveSymbol remove) {
            return Sides.of(String.join(", ", remove.symbols()), "");
        } else if (change instanceof SchemaChange.Incompatible incompatible) {
            return new Sides("", "", incompatible.why());
        }
        return Sides.of("", "");
    }

    /** The name at the end of a path; names may have dots, so it is told by what both have in front. */
    private static String last(String path, String was) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || was.contains(".") ? path : path.substring(dot + 1);
    }
}
