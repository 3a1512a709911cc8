package dev.firn.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
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

    static String text(PausedTable paused) {
        String reason = paused.reason();
        return MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("at", paused.at().toString())
                .put("source", paused.source())
                .put("stream", paused.stream())
                .put("schema-id", paused.schemaId())
                .put(
                        "reason",
                        reason.length() <= MOST_OF_A_REASON ? reason : reason.substring(0, MOST_OF_A_REASON) + "...")
                .toString();
    }

    /** @throws CommitRefused if the property is there and says something that this Firn can't read */
    static Optional<PausedTable> in(TableName table, Map<String, String> properties, String author) {
        @Nullable String text = properties.get(property(author));
        return text == null ? Optional.empty() : Optional.of(read(table, author, text));
    }

    private static PausedTable read(TableName table, String author, String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("version").asInt() == VERSION) {
                return new PausedTable(
                        table,
                        Instant.parse(root.path("at").asText()),
                        root.path("reason").asText(),
                        root.path("source").asText(),
                        root.path("stream").asText(),
                        root.path("schema-id").asInt());
            }
        } catch (JsonProcessingException | DateTimeException e) {
            // Told below: whoever wrote it knows more than we do.
        }
        throw new CommitRefused("table `" + table + "` has the property `" + property(author) + "` with the value `"
                + text + "`, which this Firn can't read: a later one wrote it, or somebody else; remove it to go on");
    }
}
