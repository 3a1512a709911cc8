package dev.firn.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.ExecutionConfig;

/**
 * The plan that a job was started by, where Flink shows it to everybody: on the job's page, and at {@code /jobs/ID/config}. So
 * that plan can be compared with another, although nobody stored it. It has references where secrets are.
 */
public final class PlanParameters extends ExecutionConfig.GlobalJobParameters {

    /** By which a job of Firn's is known. */
    public static final String HASH = "firn.plan-hash";

    static final String PLAN = "firn.plan";

    private static final String LEFT_OUT = "left out: ";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The job's graph is held in memory and sent around with it; a plan this large has thousands of tables. */
    static final int MOST_CHARACTERS = 512 * 1024;

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> parameters;

    private PlanParameters(SortedMap<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
    }

    static PlanParameters of(PipelinePlan plan) {
        return of(PlanJson.hash(plan), PlanJson.write(plan));
    }

    static PlanParameters of(String hash, String json) {
        boolean fits = json.length() <= MOST_CHARACTERS;
        return new PlanParameters(new TreeMap<>(Map.of(
                HASH,
                hash,
                PLAN,
                fits
                        ? json
                        : LEFT_OUT + "it has " + json.length() + " characters, and at most " + MOST_CHARACTERS
                                + " go along")));
    }

    /** The same and what a submission has to add. */
    public static PlanParameters of(PipelinePlan plan, Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(of(plan).parameters);
        all.putAll(more);
        return new PlanParameters(all);
    }

    /** The tables of the plan that went along with a job, by their full names; none where it was left out. */
    public static List<TableName> tables(Map<String, String> parameters) {
        List<TableName> tables = new ArrayList<>();
        try {
            for (JsonNode table :
                    MAPPER.readTree(parameters.getOrDefault(PLAN, "")).path("tables")) {
                tables.add(new TableName(table.path("name").asText()));
            }
        } catch (JsonProcessingException leftOut) {
            return List.of();
        }
        return tables;
    }

    /** What the sources of the plan that went along with a job read, by their names; none where it was left out. */
    public static SortedMap<String, Set<String>> streams(Map<String, String> parameters) {
        SortedMap<String, Set<String>> streams = new TreeMap<>();
        try {
            for (JsonNode source :
                    MAPPER.readTree(parameters.getOrDefault(PLAN, "")).path("sources")) {
                Set<String> named = new TreeSet<>();
                source.path("streams").forEach(stream -> named.add(stream.asText()));
                streams.put(source.path("name").asText(), named);
            }
        } catch (JsonProcessingException leftOut) {
            return new TreeMap<>();
        }
        return streams;
    }

    /** The plan that went along with a job, as its JSON; empty where it was left out, or the job is not Firn's. */
    public static Optional<String> plan(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(PLAN)).filter(plan -> !plan.startsWith(LEFT_OUT));
    }

    @Override
    public Map<String, String> toMap() {
        return Collections.unmodifiableSortedMap(parameters);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlanParameters that && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameters);
    }
}
