package dev.firn.cli.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaEvent;
import java.util.List;
import java.util.Optional;

/** A history for programs: versioned, the same bytes for the same events. */
public final class HistoryJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HistoryJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(TableName table, List<SchemaEvent> events) {
        ObjectNode root = MAPPER.createObjectNode().put("version", VERSION).put("table", table.full());
        ArrayNode all = root.putArray("events");
        for (SchemaEvent event : events) {
            if (event instanceof SchemaEvent.Decided decided) {
                write(decided.decision(), all.addObject().put("by", "pipeline"));
            } else {
                write((SchemaEvent.ByOthers) event, all.addObject().put("by", "somebody-else"));
            }
        }
        return IndentedJson.text(root);
    }

    private static void write(SchemaDecision decision, ObjectNode into) {
        into.put("id", decision.id())
                .put("at", decision.at().toString())
                .put("pipeline", decision.pipeline())
                .put("run", decision.run());
        SchemaDecision.Writer writer = decision.writer();
        writer.subject().ifPresent(subject -> into.put("subject", subject));
        writer.from().ifPresent(from -> into.put("from-version", from));
        writer.to().ifPresent(to -> into.put("to-version", to));
        writer.schemaId().ifPresent(id -> into.put("schema-id", id));
        into.put("schema-fingerprint", writer.fingerprint());
        writer.first().ifPresent(first -> into.putObject("first-record")
                .put("source", first.source())
                .put("stream", first.stream())
                .put("partition", first.partition())
                .put("position", first.position()));
        ArrayNode changes = into.putArray("changes");
        decision.changes().forEach(change -> {
            ObjectNode one = changes.addObject().put("kind", change.kind()).put("path", change.path());
            words(one, change.before(), change.after());
            one.put("decision", change.decision()).put("why", change.why());
        });
    }

    private static void write(SchemaEvent.ByOthers others, ObjectNode into) {
        others.by().ifPresent(by -> into.put("not-after", by.toString()));
        into.put("table-schema", others.schema());
        ArrayNode changes = into.putArray("changes");
        others.differences()
                .forEach(difference -> words(
                        changes.addObject().put("kind", difference.kind()).put("path", difference.path()),
                        difference.before(),
                        difference.after()));
    }

    private static void words(ObjectNode into, Optional<String> before, Optional<String> after) {
        before.ifPresent(word -> into.put("before", word));
        after.ifPresent(word -> into.put("after", word));
    }
}
