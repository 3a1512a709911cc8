package dev.firn.cli.schema;

import dev.firn.schema.compare.SchemaChange;
import java.util.List;

/** Changes for people. */
public final class DiffText {

    private DiffText() {}

    public static String write(List<SchemaChange> changes) {
        return changes.isEmpty() ? "nothing has changed\n" : ChangeLines.of(changes, "");
    }
}
