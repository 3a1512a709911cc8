package dev.firn.cli.quarantine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;

/** A quarantine's counts for programs. */
public final class StatsJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatsJson() {}

    public static String write(Waiting waiting) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("quarantine", waiting.quarantine().full())
                .put("waiting", waiting.waiting())
                .put("put-back", waiting.putBack());
        ArrayNode reasons = root.putArray("reasons");
        waiting.counts().forEach((line, count) -> {
            ObjectNode reason = reasons.addObject();
            if (!line.table().isEmpty()) {
                reason.put("table", line.table());
            }
            reason.put("code", line.code());
            if (!line.rule().isEmpty()) {
                reason.put("rule", line.rule());
            }
            reason.put("waiting", count.waiting())
                    .put("put-back", count.putBack())
                    .put("first", count.first().toString())
                    .put("last", count.last().toString());
        });
        if (!waiting.encryptedWith().isEmpty()) {
            ObjectNode encrypted = root.putObject("encrypted-with");
            waiting.encryptedWith().forEach(encrypted::put);
        }
        return IndentedJson.text(root);
    }
}
