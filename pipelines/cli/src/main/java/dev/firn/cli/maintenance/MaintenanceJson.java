package dev.firn.cli.maintenance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import java.util.List;

/** What was done to tables, for programs; versioned. */
public final class MaintenanceJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MaintenanceJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(List<TableUpkeep> tables, MaintenanceRequest.Mode mode) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("dry-run", mode == MaintenanceRequest.Mode.REHEARSE);
        ArrayNode list = root.putArray("tables");
        tables.forEach(table -> put(table, list.addObject()));
        return IndentedJson.text(root);
    }

    private static void put(TableUpkeep table, ObjectNode node) {
        node.put("table", table.table().full());
        node.put("whole", table.isWhole());
        node.put("milliseconds", table.took().toMillis());
        table.compacted().ifPresent(done -> {
            ObjectNode compacted = node.putObject("compacted");
            compacted.put("groups", done.groups());
            compacted.put("files", done.files());
            compacted.put("conflicts", done.conflicts());
            put(done.before(), compacted.putObject("before"));
            put(done.after(), compacted.putObject("after"));
        });
        table.expired().ifPresent(done -> node.putObject("expired")
                .put("snapshots-before", done.before())
                .put("snapshots", done.snapshots())
                .put("files", done.files())
                .put("bytes", done.bytes()));
        table.orphans()
                .ifPresent(done ->
                        node.putObject("orphans").put("files", done.files()).put("bytes", done.bytes()));
        table.refused().forEach(node.withArray("refused")::add);
        table.notes().forEach(node.withArray("notes")::add);
    }

    private static void put(TableUpkeep.Size size, ObjectNode node) {
        node.put("data-files", size.dataFiles());
        node.put("bytes", size.bytes());
        node.put("delete-files", size.deleteFiles());
    }
}
