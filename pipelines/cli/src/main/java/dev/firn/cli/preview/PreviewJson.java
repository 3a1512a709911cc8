package dev.firn.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.flink.preview.Previewed;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Glimpse} for programs: versioned. */
public final class PreviewJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PreviewJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(Glimpse glimpse) {
        return IndentedJson.text(tree(glimpse));
    }

    private static ObjectNode tree(Glimpse glimpse) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put("looked-at", glimpse.looked());
        root.put("records", glimpse.records());
        root.put("ended", glimpse.ended().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        ArrayNode tables = root.putArray("tables");
        glimpse.previewed().rows().forEach((name, rows) -> {
            ObjectNode table = tables.addObject();
            table.put("table", name.full());
            ArrayNode columns = table.putArray("columns");
            List<Column> all = rows.schema().columns();
            all.forEach(column -> columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().toString()));
            ArrayNode shown = table.putArray("rows");
            rows.rows().forEach(row -> row(row, all, shown.addObject()));
            if (rows.replaced() > 0) {
                table.put("replaced", rows.replaced());
            }
            if (rows.repeated() > 0) {
                table.put("deduplicated", rows.repeated());
            }
            if (rows.deletes() > 0) {
                table.put("deletes", rows.deletes());
            }
        });
        ArrayNode rejected = root.putArray("quarantined");
        glimpse.previewed().rejected().forEach(record -> {
            ObjectNode one = rejected.addObject();
            one.put("code", record.code().word()).put("message", record.message());
            record.rule().ifPresent(rule -> one.put("rule", rule));
            record.table().ifPresent(table -> one.put("table", table));
            place(record.record(), one.putObject("from"));
        });
        ArrayNode leftOut = root.putArray("left-out");
        glimpse.previewed()
                .leftOut()
                .forEach((table, rules) -> rules.forEach((rule, records) -> {
                    ObjectNode one = leftOut.addObject().put("table", table.full());
                    one.put("by", rule.isEmpty() ? "where" : "rule");
                    if (!rule.isEmpty()) {
                        one.put("rule", rule);
                    }
                    one.put("records", records);
                }));
        root.put("tombstones", glimpse.previewed().tombstones());
        return root;
    }

    private static void row(Previewed.Row row, List<Column> columns, ObjectNode into) {
        place(row.record(), into.putObject("from"));
        ObjectNode values = into.putObject("values");
        for (int place = 0; place < columns.size(); place++) {
            values.set(columns.get(place).name(), value(row.values().get(place)));
        }
    }

    private static void place(RawRecord record, ObjectNode into) {
        into.put("source", record.split().source())
                .put("stream", record.split().stream())
                .put("partition", record.split().partition())
                .put("position", record.position());
    }

    private static JsonNode value(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        }
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        if (value instanceof Integer || value instanceof Long) {
            return nodes.numberNode(((Number) value).longValue());
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            // JSON has no word for what is no number.
            return Double.isFinite(number)
                    ? nodes.numberNode(new BigDecimal(value.toString()))
                    : nodes.textNode(value.toString());
        }
        if (value instanceof String text) {
            return nodes.textNode(text);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = nodes.objectNode();
            map.forEach((name, inner) -> object.set(String.valueOf(name), value(inner)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(inner -> array.add(value(inner)));
            return array;
        }
        // Decimals, times and bytes: what a number of JSON would lose, and what it has no word for.
        return nodes.textNode(Cells.shown(value));
    }
}
