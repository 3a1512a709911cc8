package dev.firn.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Option;
import dev.firn.definition.reference.Masking;
import dev.firn.definition.table.Decision;
import dev.firn.definition.table.Deletes;
import dev.firn.definition.table.Write;
import dev.firn.plan.OptionsJson.Purpose;
import dev.firn.plan.sanity.Sanity;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.source.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The plan as JSON: versioned, the same bytes for the same plan, references instead of values. */
public final class PlanJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As the file calls it. */
    private static final String EVOLUTION = "schema-evolution";

    private final OptionsJson options;
    private final Purpose purpose;

    private PlanJson(Purpose purpose) {
        this.purpose = purpose;
        this.options = new OptionsJson(purpose);
    }

    /** Indented, with a line feed at the end. */
    public static String write(PipelinePlan plan) {
        ObjectNode tree = new PlanJson(Purpose.SHOWN).tree(plan);
        Sanity.check(plan, tree);
        return IndentedJson.text(tree);
    }

    /**
     * Names the plan in the ledger: the first 16 hex digits of SHA-256 over its JSON, without what will be done to
     * tables (that changes with the first run) and without what references say.
     */
    public static String hash(PipelinePlan plan) {
        byte[] bytes = new PlanJson(Purpose.HASHED).tree(plan).toString().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private ObjectNode tree(PipelinePlan plan) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", PipelinePlan.VERSION);
        root.put("pipeline", plan.pipeline());
        if (purpose == Purpose.SHOWN) {
            plan.project().ifPresent(project -> {
                root.put("project", project.name());
                project.environment().ifPresent(name -> root.put("environment", name));
            });
        }
        root.put("parallelism", plan.parallelism());
        root.put("max-parallelism", plan.maxParallelism());
        root.put("checkpoint-interval", OptionsJson.duration(plan.checkpointInterval()));
        root.set("flink", options.settings(plan.flink()));
        ArrayNode sources = root.putArray("sources");
        plan.sources().forEach(source -> sources.add(source(source)));
        ArrayNode routes = root.putArray("routes");
        for (RoutePlan route : plan.routes()) {
            routes.addObject()
                    .put("source", route.source())
                    .put("stream", route.stream())
                    .put("table", route.table().full());
        }
        ArrayNode tables = root.putArray("tables");
        plan.tables().forEach(table -> tables.add(table(table)));
        if (!plan.tablesByValue().isEmpty()) {
            ArrayNode byValue = root.putArray("tables-by-value");
            plan.tablesByValue().forEach(template -> byValue.add(byValue(template)));
        }
        ObjectNode sink = root.putObject("sink");
        sink.put("type", plan.sink().type());
        sink.put("ledger", plan.sink().names().ledger().full());
        sink.put("quarantine", plan.sink().names().quarantine().full());
        // Left out where it is usual, so that plans of before keep their hash.
        QuarantinePayload payload = plan.sink().payload();
        if (!payload.equals(QuarantinePayload.RAW)) {
            sink.put("payload", Option.word(payload.payload()));
            payload.key().ifPresent(key -> sink.put("key", Masking.masked(key.raw())));
        }
        if (!payload.oldKeys().isEmpty()) {
            ArrayNode old = sink.putArray("old-keys");
            payload.oldKeys().forEach(key -> old.add(Masking.masked(key.raw())));
        }
        plan.sink().haltAbove().ifPresent(halt -> sink.putObject("halt-above")
                .put("share", halt.share().toString())
                .put("over", OptionsJson.duration(halt.over())));
        plan.sink().topic().ifPresent(topic -> sink.putObject("quarantine-topic")
                .put("name", topic.topic())
                .put("brokers-of", topic.source()));
        sink.set("options", options.of(plan.sink().options()));
        ArrayNode operators = root.putArray("operators");
        for (PlanNode node : plan.nodes()) {
            operators
                    .addObject()
                    .put("uid", node.uid().value())
                    .put("name", node.name())
                    .put("parallelism", node.parallelism());
        }
        return root;
    }

    private JsonNode source(SourcePlan source) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("name", source.name());
        object.put("type", source.type());
        object.put("guarantee", source.guarantee());
        ArrayNode streams = object.putArray("streams");
        source.streams().forEach(streams::add);
        schemas(object, source.schemas());
        object.set("options", options.of(source.options()));
        return object;
    }

    /** Each definition once, with all streams that have it; left out where none is known, as in a plan made offline. */
    private static void schemas(ObjectNode object, SortedMap<String, StreamDefinition> schemas) {
        Map<StreamDefinition, List<String>> streams = new LinkedHashMap<>();
        schemas.forEach((stream, definition) ->
                streams.computeIfAbsent(definition, first -> new ArrayList<>()).add(stream));
        if (streams.isEmpty()) {
            return;
        }
        ArrayNode array = object.putArray("schemas");
        streams.forEach((definition, names) -> {
            ObjectNode schema = array.addObject();
            names.forEach(schema.putArray("streams")::add);
            schema.set("definition", definition(definition.value()));
            definition.key().ifPresent(key -> schema.set("key", definition(key)));
        });
    }

    /** As JSON, if that is what it is. */
    private static JsonNode definition(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException otherLanguage) {
            return TextNode.valueOf(text);
        }
    }

    private JsonNode table(TablePlan table) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("name", table.name().full());
        if (purpose == Purpose.SHOWN) {
            object.put("action", table.action().word());
        }
        ArrayNode streams = object.putArray("streams");
        table.streams().forEach(streams::add);
        ArrayNode partitions = object.putArray("partition-by");
        table.partitioning().forEach(transform -> partitions.add(transform.toString()));
        sortOrder(object, table.sortOrder());
        ObjectNode properties = object.putObject("properties");
        table.properties().forEach((key, value) -> properties.set(key, options.text(key, value)));
        if (!table.commits().atEveryCheckpoint()) {
            object.put("commit-interval", OptionsJson.duration(table.commits().interval()));
        }
        object.putObject("hold")
                .put("for", OptionsJson.duration(table.commits().holdFor()))
                .put("bytes", table.commits().holdBytes().toString())
                .put("then", TableCommits.word(table.commits().then()));
        decisions(object, EvolutionSettings.unusual(table.evolution()));
        rules(object, table.rules());
        if (!table.key().isEmpty()) {
            write(object, Write.UPSERT);
            key(object, table.key());
        }
        table.unique().ifPresent(rows -> unique(object, rows));
        if (table.ignoresDeletes()) {
            deletes(object, Deletes.IGNORE);
        }
        table.schema().ifPresent(schema -> object.set("columns", columns(schema)));
        return object;
    }

    private JsonNode byValue(TablesByValuePlan tables) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("name", tables.template().text());
        object.put("by", tables.column());
        object.put("max-tables", tables.maxTables());
        ArrayNode streams = object.putArray("streams");
        tables.streams().forEach(streams::add);
        ArrayNode settings = object.putArray("settings");
        for (TableSettings entry : tables.settings()) {
            ObjectNode said = settings.addObject().put("table", entry.tables().toString());
            if (entry.partitioning() != null) {
                ArrayNode partitions = said.putArray("partition-by");
                entry.partitioning().forEach(transform -> partitions.add(transform.toString()));
            }
            if (entry.sortOrder() != null) {
                ArrayNode fields = said.putArray("sort-by");
                entry.sortOrder().forEach(field -> fields.add(field.toString()));
            }
            ObjectNode properties = said.putObject("properties");
            entry.properties().forEach((key, value) -> properties.set(key, options.text(key, value)));
            commits(said, entry.commits());
            evolution(said, entry.evolution());
            rules(said, entry.rules());
            if (entry.key().write() != null) {
                write(said, entry.key().write());
            }
            if (entry.key().columns() != null) {
                key(said, entry.key().columns());
            }
            if (entry.key().deletes() != null) {
                deletes(said, entry.key().deletes());
            }
            entry.key().uniqueRows().ifPresent(rows -> unique(said, rows));
        }
        if (purpose == Purpose.SHOWN) {
            tables.there().ifPresent(there -> {
                ArrayNode names = object.putArray("is-there");
                there.forEach(table -> names.add(table.full()));
            });
        }
        tables.schema().ifPresent(schema -> object.set("columns", columns(schema)));
        return object;
    }

    /** Left out where there is none, so that plans of before keep their hash. */
    private static void sortOrder(ObjectNode object, List<SortField> order) {
        if (!order.isEmpty()) {
            ArrayNode fields = object.putArray("sort-by");
            order.forEach(field -> fields.add(field.toString()));
        }
    }

    /** Only what the entry says. */
    private static void commits(ObjectNode entry, CommitSettings commits) {
        if (commits.interval() != null) {
            entry.put("commit-interval", OptionsJson.duration(commits.interval()));
        }
        if (commits.holdFor() == null && commits.holdBytes() == null && commits.then() == null) {
            return;
        }
        ObjectNode hold = entry.putObject("hold");
        if (commits.holdFor() != null) {
            hold.put("for", OptionsJson.duration(commits.holdFor()));
        }
        if (commits.holdBytes() != null) {
            hold.put("bytes", commits.holdBytes().toString());
        }
        if (commits.then() != null) {
            hold.put("then", TableCommits.word(commits.then()));
        }
    }

    /** As the entry says it: a word alone takes away what earlier entries say, a mapping does not. */
    private static void evolution(ObjectNode entry, EvolutionSettings evolution) {
        if (evolution.form() == EvolutionSettings.Form.WORD && evolution.preset() != null) {
            entry.put(EVOLUTION, Option.word(evolution.preset()));
            return;
        }
        decisions(entry, evolution.decisions());
        if (evolution.preset() != null) {
            entry.withObject("/" + EVOLUTION).put("preset", Option.word(evolution.preset()));
        }
    }

    /** Left out where there is none, so that plans of before keep their hash. */
    private static void decisions(ObjectNode object, SortedMap<ChangeKind, Decision> decisions) {
        if (!decisions.isEmpty()) {
            ObjectNode evolution = object.putObject(EVOLUTION);
            decisions.forEach((kind, decision) -> evolution.put(kind.word(), decision.word()));
        }
    }

    /** Left out where there is none, so that plans of before keep their hash. */
    private static void rules(ObjectNode object, RuleSettings rules) {
        if (rules.where() != null) {
            object.put("where", rules.where());
        }
        shape(object, rules.shape());
        if (!rules.expect().isEmpty()) {
            ObjectNode expect = object.putObject("expect");
            rules.expect().forEach(rule -> expect.putObject(rule.name())
                    .put("that", rule.that())
                    .put("otherwise", Option.word(rule.otherwise())));
        }
        eventTime(object, rules.eventTime());
        masks(object, rules.masks());
    }

    private static void eventTime(ObjectNode object, @Nullable RowEventTime time) {
        if (time != null) {
            object.putObject("event-time")
                    .put("column", time.column())
                    .put("late-after", OptionsJson.duration(time.lateAfter()))
                    .put("late", Option.word(time.late()));
        }
    }

    /** Of secrets the references alone. */
    private static void masks(ObjectNode object, List<RowMask> masks) {
        if (!masks.isEmpty()) {
            ObjectNode mask = object.putObject("mask");
            masks.forEach(one -> {
                ObjectNode as = mask.putObject(one.column()).put("as", Option.word(one.as()));
                one.secret().ifPresent(secret -> as.put("secret", secret.raw()));
            });
        }
    }

    private static void shape(ObjectNode object, ShapeSettings shape) {
        if (!shape.set().isEmpty()) {
            ObjectNode set = object.putObject("set");
            shape.set().forEach(one -> set.put(one.column(), one.expression()));
        }
        if (shape.drop() != null) {
            ArrayNode drop = object.putArray("drop");
            shape.drop().forEach(drop::add);
        }
        if (!shape.rename().isEmpty()) {
            ObjectNode rename = object.putObject("rename");
            shape.rename().forEach(one -> rename.put(one.from(), one.to()));
        }
    }

    private static void deletes(ObjectNode object, Deletes deletes) {
        object.put("deletes", Option.word(deletes));
    }

    private static void unique(ObjectNode object, UniqueRows rows) {
        ObjectNode said = object.putObject("unique");
        key(said, rows.key());
        said.put("within", OptionsJson.duration(rows.within()))
                .put("time", rows.time())
                .put("memory", new ByteSize(rows.memory()).toString());
    }

    private static void write(ObjectNode object, Write write) {
        object.put("write", Option.word(write));
    }

    private static void key(ObjectNode object, List<String> columns) {
        ArrayNode key = object.putArray("key");
        columns.forEach(key::add);
    }

    private static ArrayNode columns(TableSchema schema) {
        ArrayNode columns = MAPPER.createArrayNode();
        for (Column column : schema.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().toString())
                    .put("optional", column.isOptional());
        }
        return columns;
    }
}
