package dev.firn.cli.quarantine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One quarantined record for programs, once for each table that lacks it; bytes are in base64. */
public final class ShowJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ShowJson() {}

    public static String write(List<ShownRow> rows) {
        ObjectNode root = MAPPER.createObjectNode().put("version", ListJson.VERSION);
        ArrayNode records = root.putArray("records");
        for (ShownRow shown : rows) {
            QuarantinedRow row = shown.row();
            ObjectNode into = records.addObject();
            ListJson.put(row, into);
            if (shown.notOpened().isPresent()) {
                into.put("not-opened", shown.notOpened().get());
                continue;
            }
            RawRecord record = row.record();
            if (record.keySchemaId() != RawRecord.NO_SCHEMA_ID) {
                into.put("key-schema-id", record.keySchemaId());
            }
            if (record.valueSchemaId() != RawRecord.NO_SCHEMA_ID) {
                into.put("value-schema-id", record.valueSchemaId());
            }
            put("key", record.key(), into);
            put("value", record.value(), into);
            ArrayNode headers = into.putArray("headers");
            for (Header header : record.headers()) {
                ObjectNode one = headers.addObject().put("key", header.key());
                put("value", header.value(), one);
            }
        }
        return IndentedJson.text(root);
    }

    private static void put(String name, byte @Nullable [] bytes, ObjectNode into) {
        if (bytes != null) {
            into.put(name, Base64.getEncoder().encodeToString(bytes));
        }
    }
}
