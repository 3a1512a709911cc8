package dev.firn.cli.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.compare.SchemaChange;
import dev.firn.schema.folder.PrettyJson;
import dev.firn.schema.folder.PullStep;
import dev.firn.schema.folder.SchemaPull;
import dev.firn.spi.source.Registration;
import java.nio.file.Path;
import java.util.List;

/** What a pull has done, for programs: versioned. */
public final class PullJson {

    private static final int VERSION = 1;

    private PullJson() {}

    public static String write(Path folder, SchemaPull pull) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("folder", folder.toString());
        ArrayNode schemas = root.putArray("schemas");
        for (PullStep step : pull.steps()) {
            Registration registration = step.schema().registration();
            ObjectNode schema = schemas.addObject();
            schema.put("action", step.action().word());
            schema.put("file", step.schema().file());
            schema.put("registry", registration.registry());
            schema.put("subject", registration.subject());
            registration.version().ifPresent(version -> schema.put("version", version));
            registration.id().ifPresent(id -> schema.put("id", id));
            step.was().ifPresent(was -> was.version().ifPresent(version -> schema.put("was-version", version)));
            changes(step.changes(), schema.putArray("changes"));
        }
        return PrettyJson.write(root);
    }

    static void changes(List<SchemaChange> changes, ArrayNode into) {
        for (SchemaChange change : changes) {
            into.addObject()
                    .put("kind", change.kind().word())
                    .put("path", change.path())
                    .put("detail", change.detail());
        }
    }
}
