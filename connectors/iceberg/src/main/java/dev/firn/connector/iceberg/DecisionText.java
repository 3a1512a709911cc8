package dev.firn.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a table property: one line of JSON. A property may hold 4,000 characters where a Hive metastore keeps it, so one of many
 * changes becomes several.
 */
final class DecisionText {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    private static final int VERSION = 1;

    private static final int MOST = 4_000;
    private static final int MOST_OF_A_WORD = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DecisionText() {}

    static String write(SchemaDecision decision) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("id", decision.id())
                .put("at", decision.at().toString())
                .put("pipeline", decision.pipeline())
                .put("run", decision.run())
                .put("table", decision.table().name().full())
                .put("incarnation", decision.table().incarnation());
        SchemaDecision.Writer writer = decision.writer();
        writer.subject().ifPresent(subject -> root.put("subject", subject));
        writer.from().ifPresent(from -> root.put("from", from));
        writer.to().ifPresent(to -> root.put("to", to));
        writer.schemaId().ifPresent(id -> root.put("schema-id", id));
        root.put("schema", writer.fingerprint());
        writer.first().ifPresent(first -> root.putObject("first")
                .put("source", first.source())
                .put("stream", first.stream())
                .put("partition", first.partition())
                .put("position", first.position()));
        if (!decision.table().schemas().isEmpty()) {
            ArrayNode schemas = root.putArray("table-schemas");
            decision.table().schemas().forEach(schemas::add);
        }
        ArrayNode changes = root.putArray("changes");
        decision.changes().forEach(change -> write(change, changes.addObject()));
        return root.toString();
    }

    private static void write(SchemaDecision.Change change, ObjectNode into) {
        into.put("kind", change.kind()).put("path", shortened(change.path()));
        change.before().ifPresent(before -> into.put("before", shortened(before)));
        change.after().ifPresent(after -> into.put("after", shortened(after)));
        into.put("decision", change.decision()).put("why", shortened(change.why()));
    }

    private static String shortened(String words) {
        return words.length() <= MOST_OF_A_WORD ? words : words.substring(0, MOST_OF_A_WORD - 3) + "...";
    }

    /** Empty where the text is none, or of a newer Firn. */
    static Optional<SchemaDecision> read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root.path("version").asInt() == VERSION ? Optional.of(read(root)) : Optional.empty();
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static SchemaDecision read(JsonNode root) {
        JsonNode first = root.path("first");
        List<Integer> schemas = new ArrayList<>();
        root.path("table-schemas").forEach(id -> schemas.add(id.asInt()));
        List<SchemaDecision.Change> changes = new ArrayList<>();
        root.path("changes").forEach(change -> changes.add(change(change)));
        return new SchemaDecision(
                root.required("id").asText(),
                Instant.parse(root.required("at").asText()),
                root.required("pipeline").asText(),
                root.path("run").asLong(),
                new SchemaDecision.MetTable(
                        new TableName(root.required("table").asText()),
                        root.path("incarnation").asText(),
                        schemas),
                new SchemaDecision.Writer(
                        text(root, "subject"),
                        number(root, "from"),
                        number(root, "to"),
                        number(root, "schema-id"),
                        root.path("schema").asText(),
                        first.isMissingNode() ? Optional.empty() : Optional.of(place(first))),
                changes);
    }

    private static SchemaDecision.Place place(JsonNode first) {
        return new SchemaDecision.Place(
                first.path("source").asText(),
                first.path("stream").asText(),
                first.path("partition").asInt(),
                first.path("position").asLong());
    }

    private static SchemaDecision.Change change(JsonNode change) {
        return new SchemaDecision.Change(
                change.required("kind").asText(),
                change.path("path").asText(),
                text(change, "before"),
                text(change, "after"),
                change.required("decision").asText(),
                change.path("why").asText());
    }

    private static Optional<String> text(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        return value == null ? Optional.empty() : Optional.of(value.asText());
    }

    private static OptionalInt number(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.asInt());
    }

    /** The same decision in pieces that a property can hold, with ids that follow from its own. */
    static List<SchemaDecision> pieces(SchemaDecision whole) {
        List<SchemaDecision> pieces = new ArrayList<>();
        List<SchemaDecision.Change> together = new ArrayList<>();
        for (SchemaDecision.Change change : whole.changes()) {
            together.add(change);
            if (together.size() > 1
                    && write(piece(whole, pieces.size(), together)).length() > MOST) {
                together.remove(together.size() - 1);
                pieces.add(piece(whole, pieces.size(), together));
                together = new ArrayList<>(List.of(change));
            }
        }
        pieces.add(piece(whole, pieces.size(), together));
        return pieces;
    }

    private static SchemaDecision piece(SchemaDecision whole, int number, List<SchemaDecision.Change> changes) {
        String id = number == 0 ? whole.id() : whole.id() + "-" + (number + 1);
        return new SchemaDecision(
                id, whole.at(), whole.pipeline(), whole.run(), whole.table(), whole.writer(), changes);
    }
}
