package dev.firn.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.PausedTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table property that says that a pipeline's records for the table wait: {@code firn.shop.paused}. */
final class PauseMark {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    private static final int VERSION = 1;

    /** A property may hold 4,000 characters where a Hive metastore keeps it. */
    private static final int MOST_OF_A_REASON = 2_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PauseMark() {}

    /** @param author whose decisions about schemas hold */
    static String property(String author) {
        return "firn." + author + ".paused";
    }

    /** @param after the last epoch that the table has: all that waits is behind it */
    static String text(PausedTable paused, long after) {
        String reason = paused.reason();
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("at", paused.at().toString())
                .put("after", after)
                .put(
                        "reason",
                        reason.length() <= MOST_OF_A_REASON ? reason : reason.substring(0, MOST_OF_A_REASON) + "...");
        paused.by().ifPresent(by -> root.put("source", by.split().source())
                .put("stream", by.split().stream())
                .put("partition", by.split().partition())
                .put("incarnation", by.split().incarnation())
                .put("position", by.position())
                .put("schema-id", by.schemaId())
                .put("framed", by.framed()));
        return root.toString();
    }

    /** One that says what this Firn can't read is a pause all the same: whoever set it meant one. */
    static Optional<PausedTable> in(TableName table, Map<String, String> properties, String author) {
        @Nullable String text = properties.get(property(author));
        return text == null ? Optional.empty() : Optional.of(read(table, author, text));
    }

    /** The epoch behind which all that waits is; 0 where the mark does not say so. */
    static long after(String text) {
        try {
            return MAPPER.readTree(text).path("after").asLong();
        } catch (JsonProcessingException unreadable) {
            return 0;
        }
    }

    private static PausedTable read(TableName table, String author, String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("version").asInt() == VERSION) {
                Split split = new Split(
                        root.path("source").asText(),
                        root.path("stream").asText(),
                        root.path("partition").asInt(),
                        root.path("incarnation").asText());
                return new PausedTable(
                        table,
                        Instant.parse(root.path("at").asText()),
                        root.path("reason").asText(),
                        Optional.of(new PausedTable.Bringer(
                                split,
                                root.path("position").asLong(),
                                root.path("schema-id").asInt(),
                                root.path("framed").asBoolean())));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            // Told below: whoever wrote it knows more than we do.
        }
        return new PausedTable(
                table,
                Instant.EPOCH,
                "its property `" + property(author) + "` has the value `" + text
                        + "`, which this Firn can't read: a later one wrote it, or somebody else. Remove it to go on",
                Optional.empty());
    }
}
