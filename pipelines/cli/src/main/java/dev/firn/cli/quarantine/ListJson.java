package dev.firn.cli.quarantine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.time.Instant;

/** Quarantined records for programs. */
public final class ListJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ListJson() {}

    public static String write(Newest newest) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("quarantine", newest.quarantine().full())
                .put("records-in-all", newest.seen());
        ArrayNode records = root.putArray("records");
        newest.rows().forEach(row -> put(row, records.addObject()));
        return IndentedJson.text(root);
    }

    static void put(QuarantinedRow row, ObjectNode into) {
        RawRecord record = row.record();
        into.put("record", RecordPlace.of(row))
                .put("source", record.split().source())
                .put("stream", record.split().stream())
                .put("partition", record.split().partition())
                .put("position", record.position())
                .put("incarnation", record.split().incarnation());
        if (record.timestamp() != RawRecord.NO_TIMESTAMP) {
            into.put(
                    "record-timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        }
        row.table().ifPresent(table -> into.put("table", table));
        into.put("code", row.code());
        row.rule().ifPresent(rule -> into.put("rule", rule));
        into.put("message", row.message())
                .put("quarantined-at", row.at().toString())
                .put("pipeline", row.pipeline())
                .put("run", row.run());
        row.encryptedWith().ifPresent(key -> into.put("encrypted-with", key));
        row.replayed().ifPresent(at -> into.put("put-back-at", at.toString()));
    }
}
