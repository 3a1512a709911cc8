package dev.firn.cli.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.compare.SchemaChange;
import dev.firn.schema.folder.PrettyJson;
import java.util.List;

/** Changes for programs: versioned. */
public final class DiffJson {

    private static final int VERSION = 1;

    private DiffJson() {}

    public static String write(NamedSchema from, NamedSchema to, List<SchemaChange> changes) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("older", from.name());
        root.put("newer", to.name());
        PullJson.changes(changes, root.putArray("changes"));
        return PrettyJson.write(root);
    }
}
