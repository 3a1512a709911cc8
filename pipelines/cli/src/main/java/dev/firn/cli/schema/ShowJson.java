package dev.firn.cli.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.compare.SchemaRow;
import dev.firn.schema.folder.PrettyJson;
import dev.firn.spi.schema.Nullability;
import java.util.List;

/** The places of a schema for programs: versioned. */
public final class ShowJson {

    private static final int VERSION = 1;

    private ShowJson() {}

    public static String write(NamedSchema schema, List<SchemaRow> rows) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("schema", schema.name());
        ArrayNode columns = root.putArray("columns");
        for (SchemaRow row : rows) {
            ObjectNode column = columns.addObject().put("path", row.path()).put("avro", row.avroType());
            row.column().ifPresent(type -> column.put("type", type));
            column.put("optional", row.nullability() == Nullability.OPTIONAL);
            row.defaultValue().ifPresent(value -> column.put("default", value));
            row.doc().ifPresent(doc -> column.put("doc", doc));
        }
        return PrettyJson.write(root);
    }
}
