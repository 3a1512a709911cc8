package dev.firn.it.testing.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.WrittenTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was decided about the changes of a table, as it came in with what was decided: changes into the properties of the table, refusals
 * into those of the quarantine table.
 */
final class Decisions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Decisions() {}

    /** Kind, path and decision of each; of a refusal, which every subtask may come to, once. */
    static List<String> of(Pipeline pipeline, WrittenTable table, String stream) {
        List<String> decided = new ArrayList<>(in(table, pipeline, stream));
        Set<String> refused = new TreeSet<>(in(quarantine(pipeline), pipeline, stream));
        decided.addAll(refused);
        return decided;
    }

    /** Whether there is anything yet. */
    static boolean areThere(Pipeline pipeline, WrittenTable table, String stream) {
        return !of(pipeline, table, stream).isEmpty();
    }

    private static WrittenTable quarantine(Pipeline pipeline) {
        return WrittenTable.of(pipeline, pipeline.quarantine().table());
    }

    private static List<String> in(WrittenTable table, Pipeline pipeline, String stream) {
        String prefix = "firn." + pipeline.name() + ".change.";
        return new TreeMap<>(table.table().properties())
                .tailMap(prefix, true).entrySet().stream()
                        .takeWhile(property -> property.getKey().startsWith(prefix))
                        .map(property -> parsed(property.getValue()))
                        .filter(decision -> decision.path("table")
                                .asText()
                                .equals(pipeline.table(stream).full()))
                        .flatMap(Decisions::changes)
                        .toList();
    }

    private static Stream<String> changes(JsonNode decision) {
        List<String> changes = new ArrayList<>();
        decision.path("changes").forEach(change -> {
            String path = change.path("path").asText();
            changes.add(change.path("kind").asText() + (path.isEmpty() ? "" : " " + path) + ": "
                    + change.path("decision").asText());
        });
        return changes.stream();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
