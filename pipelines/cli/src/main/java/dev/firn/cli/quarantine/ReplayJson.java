package dev.firn.cli.quarantine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.flink.replay.Replayed;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.sink.LakeNames;

/** What became of quarantined records, for programs. */
public final class ReplayJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReplayJson() {}

    public static String write(LakeNames names, Replayed replayed) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("quarantine", names.quarantine().full())
                .put("put-back", replayed.putBack())
                .put("refused", replayed.refused())
                .put("epochs", replayed.epochs());
        ArrayNode reasons = root.putArray("reasons");
        replayed.counts().forEach((line, count) -> {
            ObjectNode reason = reasons.addObject();
            if (!line.table().isEmpty()) {
                reason.put("table", line.table());
            }
            reason.put("code", line.code()).put("put-back", count.putBack()).put("refused", count.refused());
        });
        ArrayNode examples = root.putArray("refused-examples");
        replayed.examples().forEach(record -> {
            ObjectNode example = examples.addObject()
                    .put(
                            "record",
                            record.record().split() + "@" + record.record().position());
            record.table().ifPresent(table -> example.put("table", table));
            example.put("code", record.code().word()).put("message", record.message());
        });
        return IndentedJson.text(root);
    }
}
