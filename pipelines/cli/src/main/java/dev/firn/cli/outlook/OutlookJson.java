package dev.firn.cli.outlook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;

/** The answer for programs: versioned, the same bytes for the same answer. */
public final class OutlookJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private OutlookJson() {}

    public static String write(SchemaOutlook outlook) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION)
                .put("subject", outlook.subject())
                .put("schema", outlook.schema())
                .put("schema-version", outlook.registered().orElse(outlook.version()))
                .put("registered", outlook.registered().isPresent())
                .put("good", outlook.isGood());
        outlook.level().ifPresent(level -> root.putObject("compatibility")
                .put("level", level.word())
                .put("compatible", outlook.compatible()));
        ArrayNode tables = root.putArray("tables");
        outlook.tables().forEach(table -> table(table, tables.addObject()));
        return IndentedJson.text(root);
    }

    private static void table(TableOutlook table, ObjectNode into) {
        into.put("table", table.table()).put("fate", table.fate().word());
        ArrayNode streams = into.putArray("streams");
        table.streams().forEach(streams::add);
        if (!table.reason().isEmpty()) {
            into.put("reason", table.reason());
        }
        ArrayNode changes = into.putArray("changes");
        table.changes().forEach(change -> change(change, changes.addObject()));
        ArrayNode leftOut = into.putArray("left-out");
        table.leftOut().forEach(leftOut::add);
        ArrayNode columns = into.putArray("columns");
        table.columns().forEach(column -> columns.addObject()
                .put("name", column.name())
                .put("type", column.type().toString())
                .put("optional", column.isOptional()));
    }

    private static void change(ChangeLine change, ObjectNode into) {
        into.put("kind", change.kind()).put("path", change.path());
        if (!change.before().isEmpty()) {
            into.put("before", change.before());
        }
        if (!change.after().isEmpty()) {
            into.put("after", change.after());
        }
        if (!change.why().isEmpty()) {
            into.put("why", change.why());
        }
        into.put("decision", change.decision()).put("by", change.by());
    }
}
