package dev.firn.cli.rollback;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaRollback;
import java.util.List;

/** A {@link SchemaRollback}, and whether it was done, for programs: versioned, the same bytes for the same table. */
public final class RollbackJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RollbackJson() {}

    public static String write(SchemaRollback plan, boolean isDone) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION)
                .put("table", plan.to().table().full())
                .put("subject", plan.to().subject())
                .put("to", plan.to().version())
                .put("done", isDone);
        ArrayNode gone = root.putArray("gone");
        plan.gone().forEach(column -> gone.addObject()
                .put("id", column.id())
                .put("path", column.path())
                .put("type", column.type())
                .put("since", column.since()));
        ArrayNode renamed = root.putArray("renamed");
        plan.renamed().forEach(column -> renamed.addObject()
                .put("id", column.id())
                .put("path", column.path())
                .put("to", column.to()));
        ArrayNode stays = root.putArray("stays");
        plan.stays()
                .forEach(column -> stays.addObject().put("path", column.path()).put("why", column.why()));
        ArrayNode withoutColumn = root.putArray("without-column");
        plan.withoutColumn().forEach(withoutColumn::add);
        ArrayNode newer = root.putArray("held-back");
        plan.newer().forEach(version -> newer.addObject()
                .put("version", version.name())
                .put("fingerprint", version.fingerprint())
                .put("written", version.written()));
        ArrayNode obstacles = root.putArray("obstacles");
        plan.obstacles().forEach(obstacles::add);
        return IndentedJson.text(root);
    }

    /** @param held the versions that were, or are, held back */
    public static String undo(TableName table, List<String> held, boolean isDone) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION).put("table", table.full()).put("done", isDone);
        ArrayNode versions = root.putArray("held-back");
        held.forEach(versions::add);
        return IndentedJson.text(root);
    }
}
