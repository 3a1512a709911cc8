package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was decided about schemas, in a table's properties, one a decision: {@code firn.shop.change.5c1e9f0a7b3d2e41}. They come there
 * with what was decided, in one commit.
 */
final class TableDecisions {

    private static final Pattern PROPERTY = Pattern.compile("firn\\.(.+)\\.change\\.([0-9a-f]{16}(?:-[0-9]+)?)");

    private TableDecisions() {}

    static String property(SchemaDecision decision) {
        return property(decision.pipeline(), decision.id());
    }

    static String property(String pipeline, String id) {
        return "firn." + pipeline + ".change." + id;
    }

    /** The properties that say it. */
    static SortedMap<String, String> properties(SchemaDecision decision) {
        SortedMap<String, String> properties = new TreeMap<>();
        DecisionText.pieces(decision).forEach(piece -> properties.put(property(piece), DecisionText.write(piece)));
        return properties;
    }

    /** Of all pipelines. */
    static List<SchemaDecision> in(Map<String, String> properties) {
        List<SchemaDecision> decisions = new ArrayList<>();
        properties.forEach((property, text) -> {
            if (PROPERTY.matcher(property).matches()) {
                DecisionText.read(text).ifPresent(decisions::add);
            }
        });
        return decisions;
    }

    /** The id of a pipeline's decision, if the property is one. */
    static Optional<String> id(String pipeline, String property) {
        Matcher matcher = PROPERTY.matcher(property);
        return matcher.matches() && matcher.group(1).equals(pipeline)
                ? Optional.of(matcher.group(2))
                : Optional.empty();
    }
}
