package dev.firn.plan.against;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.bind.Option;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.against.StoredPlan.Route;
import dev.firn.plan.against.StoredPlan.Sink;
import dev.firn.plan.against.StoredPlan.Source;
import dev.firn.plan.against.StoredPlan.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a plan's JSON, of the version that this Firn writes, and says what is missing in one that is none. */
final class StoredPlanReader {

    private static final String TOPIC = "quarantine-topic";

    private static final String HOW = "; `firn plan --format json FILE` writes one";

    /** Two values behind each other are no plan. */
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What of a table is no setting, or of no effect: `action` tells what was to be done then. */
    private static final Set<String> NO_SETTINGS = Set.of("name", "action", "streams", "columns", "is-there");

    private static final Set<String> NO_SINK_SETTINGS =
            Set.of("type", "ledger", "quarantine", "guarantee", "options", TOPIC);

    private static final Set<String> OF_THE_JOB =
            Set.of("parallelism", "max-parallelism", "checkpoint-interval", "flink");

    private StoredPlanReader() {}

    static StoredPlan read(String json) throws NotAPlan {
        JsonNode root = parsed(json);
        if (!root.isObject() || !root.path("version").isIntegralNumber() || !root.has("pipeline")) {
            throw new NotAPlan(
                    "is JSON, but no plan: it has no " + (root.has("pipeline") ? "`version`" : "`pipeline`") + HOW);
        }
        int version = root.path("version").asInt();
        if (version != PipelinePlan.VERSION) {
            throw new NotAPlan(
                    "is a plan of version " + version + ", and this Firn reads version " + PipelinePlan.VERSION
                            + ": write it again with the Firn that runs it, or take that one to compare");
        }
        ObjectNode sink = (ObjectNode) field(root, "the plan", "sink", JsonNodeType.OBJECT);
        return new StoredPlan(
                text(root, "the plan", "pipeline"),
                Optional.ofNullable(root.get("environment")).map(JsonNode::asText),
                Settings.of(((ObjectNode) root.deepCopy()).retain(OF_THE_JOB)),
                sources(root),
                new TreeSet<>(routes(root)),
                tables(field(root, "the plan", "tables", JsonNodeType.ARRAY)),
                tables(root.path("tables-by-value")),
                new Sink(
                        text(sink, "the sink", "type"),
                        text(sink, "the sink", "ledger"),
                        text(sink, "the sink", "quarantine"),
                        sinkSettings(sink)));
    }

    /** With what the plan has of the quarantine beside its table; a payload is left out there where it is the usual one. */
    private static Settings sinkSettings(ObjectNode sink) throws NotAPlan {
        ObjectNode settings = (ObjectNode)
                field(sink, "the sink", "options", JsonNodeType.OBJECT).deepCopy();
        ObjectNode quarantine =
                settings.putObject("quarantine").put("payload", Option.word(QuarantineOptions.Payload.RAW));
        quarantine.setAll((ObjectNode) sink.deepCopy().without(NO_SINK_SETTINGS));
        JsonNode topic = sink.get(TOPIC);
        if (topic != null) {
            quarantine.set("topic", topic);
        }
        return Settings.of(settings);
    }

    private static JsonNode parsed(String json) throws NotAPlan {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.isMissingNode()) {
                throw new NotAPlan("is empty" + HOW);
            }
            return root;
        } catch (JsonProcessingException wrong) {
            throw new NotAPlan(
                    isCutOff(json, wrong)
                            ? "is cut off: it ends in the middle of the JSON, at " + place(wrong) + HOW
                            : "is no JSON: it breaks off at " + place(wrong) + HOW);
        }
    }

    /** Also in the middle of a word or of a number, which the parser takes for a wrong one. */
    private static boolean isCutOff(String json, JsonProcessingException wrong) {
        if (wrong instanceof JsonEOFException) {
            return true;
        }
        JsonLocation at = wrong.getLocation();
        return at != null
                && json.startsWith("{")
                && at.getCharOffset() >= 0
                && json.substring((int) Math.min(at.getCharOffset(), json.length()))
                        .matches("[\\w.+-]*\\s*");
    }

    private static String place(JsonProcessingException wrong) {
        JsonLocation at = wrong.getLocation();
        return at == null ? "its start" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static SortedMap<String, Source> sources(JsonNode root) throws NotAPlan {
        SortedMap<String, Source> sources = new TreeMap<>();
        for (JsonNode source : field(root, "the plan", "sources", JsonNodeType.ARRAY)) {
            String name = text(source, "a source", "name");
            TreeSet<String> streams = new TreeSet<>();
            field(source, "a source", "streams", JsonNodeType.ARRAY).forEach(stream -> streams.add(stream.asText()));
            JsonNode options = field(source, "a source", "options", JsonNodeType.OBJECT);
            sources.put(name, new Source(name, text(source, "a source", "type"), streams, Settings.of(options)));
        }
        return sources;
    }

    private static List<Route> routes(JsonNode root) throws NotAPlan {
        List<Route> routes = new ArrayList<>();
        for (JsonNode route : field(root, "the plan", "routes", JsonNodeType.ARRAY)) {
            routes.add(new Route(
                    text(route, "a route", "source"),
                    text(route, "a route", "stream"),
                    text(route, "a route", "table")));
        }
        // Those that a value leads on stand with their tables alone.
        for (JsonNode template : root.path("tables-by-value")) {
            for (JsonNode stream : field(template, "a table", "streams", JsonNodeType.ARRAY)) {
                String[] named = stream.asText().split("/", 2);
                routes.add(new Route(named[0], named[named.length - 1], text(template, "a table", "name")));
            }
        }
        return routes;
    }

    private static SortedMap<String, Table> tables(JsonNode array) throws NotAPlan {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (JsonNode table : array) {
            String name = text(table, "a table", "name");
            SortedMap<String, String> columns = new TreeMap<>();
            for (JsonNode column : table.path("columns")) {
                columns.put(
                        text(column, "a column", "name"),
                        text(column, "a column", "type")
                                + (column.path("optional").asBoolean() ? "" : ", required"));
            }
            tables.put(
                    name, new Table(name, columns, Settings.of(((ObjectNode) table.deepCopy()).without(NO_SETTINGS))));
        }
        return tables;
    }

    private static String text(JsonNode object, String whose, String name) throws NotAPlan {
        return field(object, whose, name, JsonNodeType.STRING).textValue();
    }

    private static JsonNode field(JsonNode object, String whose, String name, JsonNodeType type) throws NotAPlan {
        JsonNode field = object.path(name);
        if (field.getNodeType() != type) {
            throw new NotAPlan("is JSON, but no plan: " + whose + " has no `" + name + "` that is "
                    + (type == JsonNodeType.STRING
                            ? "a text"
                            : "an " + type.name().toLowerCase(Locale.ROOT)) + HOW);
        }
        return field;
    }
}
