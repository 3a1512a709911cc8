package dev.firn.plan.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.plan.settings.TableSettingsPage.Row;

/** The settings of a table for programs; what has no file is a default, and what has no value is not set. */
public final class TableSettingsJson {

    private static final int VERSION = 1;

    private TableSettingsJson() {}

    public static String write(TableSettingsPage page) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION).put("table", page.table().full());
        ArrayNode entries = root.putArray("entries");
        page.entries()
                .forEach(entry ->
                        place(entries.addObject().put("table", entry.options().table()), entry.span("table")));
        ArrayNode settings = root.putArray("settings");
        for (Row row : page.rows()) {
            ObjectNode setting = settings.addObject().put("name", row.name()).put("value", row.value());
            row.from().ifPresent(from -> place(setting, from.value().span()));
        }
        page.unset().forEach(name -> settings.addObject().put("name", name).putNull("value"));
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void place(ObjectNode object, SourceSpan span) {
        object.put("file", span.file()).put("line", span.line());
    }
}
