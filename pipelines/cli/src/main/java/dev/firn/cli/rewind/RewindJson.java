package dev.firn.cli.rewind;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.sink.TableRewind;

/** A {@link RewindPlan}, and what became of it, for programs: versioned, the same bytes for the same plan. */
public final class RewindJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RewindJson() {}

    /** Nothing was taken back. */
    public static String plan(RewindPlan plan) {
        return IndentedJson.text(tree(plan).put("done", false));
    }

    public static String done(Rewinder.Done done) {
        ObjectNode root = tree(done.plan()).put("done", true);
        root.put("epoch", done.rewound().at()).put("run", done.rewound().run());
        ArrayNode behind = root.putArray("behind");
        done.behind().forEach(table -> behind.addObject()
                .put("table", table.table().full())
                .put("reason", table.reason().getMessage()));
        return IndentedJson.text(root);
    }

    private static ObjectNode tree(RewindPlan plan) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION)
                .put("ledger", plan.ledger().full())
                .put("to", plan.to())
                .put("last", plan.last());
        plan.writtenAt().ifPresent(at -> root.put("written-at", at.toString()));
        root.put("records", plan.records());
        ArrayNode partitions = root.putArray("partitions");
        plan.splits().forEach(line -> partitions
                .addObject()
                .put("source", line.split().source())
                .put("stream", line.split().stream())
                .put("partition", line.split().partition())
                .put("read-to", line.from())
                .put("goes-back-to", line.to())
                .put("records", line.records()));
        ArrayNode tables = root.putArray("tables");
        plan.tables().forEach(table -> table(table, tables.addObject()));
        ArrayNode gone = root.putArray("gone");
        plan.gone().forEach(table -> gone.add(table.full()));
        ArrayNode obstacles = root.putArray("obstacles");
        plan.obstacles().forEach(obstacles::add);
        plan.nearest().ifPresent(epoch -> root.put("nearest", epoch));
        return root;
    }

    private static void table(TableRewind table, ObjectNode into) {
        into.put("table", table.table().full())
                .put("snapshots", table.snapshots())
                .put("rows", table.rows());
        table.snapshot().ifPresent(id -> into.put("snapshot", id));
        ArrayNode others = into.putArray("foreign-snapshots");
        table.others().forEach(other -> others.addObject()
                .put("snapshot", other.id())
                .put("operation", other.operation())
                .put("at", other.at().toString())
                .put("added", other.added())
                .put("removed", other.removed()));
    }
}
