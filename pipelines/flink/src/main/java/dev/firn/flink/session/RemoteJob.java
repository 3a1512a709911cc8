package dev.firn.flink.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A job on a cluster. Methods block, and throw {@link ClusterAway} where the cluster does not answer or knows the job no more. */
public final class RemoteJob {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What fits into an address, in characters. */
    private static final int ADDRESS = 3000;

    private final RestPages pages;
    private final String id;

    RemoteJob(RestPages pages, String id) {
        this.pages = pages;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Where people look at it. */
    public String webPage() {
        return pages.answering() + "/#/job/running/" + id;
    }

    /**
     * How it fares.
     *
     * @param state in Flink's words
     * @param since when it got into it
     * @param started when it was submitted
     * @param waiting the names of its parts that do not run yet
     */
    public record State(String state, Instant since, Instant started, List<String> waiting) {

        public boolean runs() {
            return state.equals("RUNNING") && waiting.isEmpty();
        }

        public boolean isOver() {
            return ListedJob.isOver(state);
        }
    }

    public State state() {
        JsonNode job = page("");
        List<String> waiting = new ArrayList<>();
        for (JsonNode part : job.path("vertices")) {
            if (!part.path("status").asText().equals("RUNNING")) {
                waiting.add(part.path("name").asText());
            }
        }
        String state = job.path("state").asText();
        Instant started = Instant.ofEpochMilli(job.path("start-time").asLong());
        long since = job.path("timestamps").path(state).asLong(0);
        return new State(state, since > 0 ? Instant.ofEpochMilli(since) : started, started, waiting);
    }

    /** How many slots it takes: its parts share them. */
    public int slots() {
        int most = 0;
        for (JsonNode part : page("").path("vertices")) {
            most = Math.max(most, part.path("parallelism").asInt());
        }
        return most;
    }

    /** Something that failed, and when; Flink keeps the last of them. */
    public record Failed(Instant at, RemoteFailure failure) {}

    /** The last failures, the newest first. */
    public List<Failed> failures() {
        List<Failed> failures = new ArrayList<>();
        JsonNode page = page("/exceptions?maxExceptions=20");
        for (JsonNode entry : page.path("exceptionHistory").path("entries")) {
            failures.add(new Failed(
                    Instant.ofEpochMilli(entry.path("timestamp").asLong()),
                    RemoteFailure.of(entry.path("stacktrace").asText())));
        }
        // A job that did not come to be has no history.
        if (failures.isEmpty() && page.hasNonNull("root-exception")) {
            failures.add(new Failed(
                    Instant.ofEpochMilli(page.path("timestamp").asLong()),
                    RemoteFailure.of(page.path("root-exception").asText())));
        }
        return failures;
    }

    /**
     * Its checkpoints.
     *
     * @param completed when the last was; empty before the first
     * @param lost the last that did not come about, if none was completed since
     */
    public record Checkpoints(Optional<Instant> completed, Optional<Lost> lost) {

        /** Why, in Flink's words. */
        public record Lost(Instant at, String reason) {}
    }

    /** None where it does not make any, as before it has come to be. */
    public Checkpoints checkpoints() {
        JsonNode latest = pages.find("jobs/" + id + "/checkpoints")
                .map(page -> page.path("latest"))
                .orElse(MissingNode.getInstance());
        long completed = latest.path("completed").path("latest_ack_timestamp").asLong(0);
        JsonNode failed = latest.path("failed");
        long lost = failed.path("failure_timestamp").asLong(0);
        return new Checkpoints(
                completed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(completed)),
                lost <= completed
                        ? Optional.empty()
                        : Optional.of(new Checkpoints.Lost(
                                Instant.ofEpochMilli(lost),
                                failed.path("failure_message").asText("").replaceFirst("\\.$", ""))));
    }

    /** How many times it has started again. */
    public long restarts() {
        return page("/metrics?get=numRestarts").path(0).path("value").asLong(0);
    }

    /** What the submission says of itself: of a Firn job, its plan and the plan's hash. Empty where the job is gone. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        pages.find("jobs/" + id + "/config").ifPresent(page -> page.path("execution-config")
                .path("user-config")
                .fields()
                .forEachRemaining(
                        field -> parameters.put(field.getKey(), field.getValue().asText())));
        return parameters;
    }

    /** The metrics of one of its parts that end with one of some words; a part is found by what its name contains. */
    public Map<String, String> metrics(String part, List<String> endings) {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode vertex : page("").path("vertices")) {
            if (vertex.path("name").asText().contains(part)) {
                values.putAll(metricsOf(vertex.path("id").asText(), endings));
            }
        }
        return values;
    }

    private Map<String, String> metricsOf(String vertex, List<String> endings) {
        String page = "/vertices/" + vertex + "/metrics";
        Map<String, String> values = new TreeMap<>();
        StringBuilder some = new StringBuilder();
        for (JsonNode metric : page(page)) {
            String name = metric.path("id").asText();
            if (endings.stream().noneMatch(name::endsWith)) {
                continue;
            }
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
            if (some.length() > 0 && some.length() + encoded.length() > ADDRESS) {
                fetch(page, some, values);
            }
            some.append(some.length() == 0 ? "" : ",").append(encoded);
        }
        if (some.length() > 0) {
            fetch(page, some, values);
        }
        return values;
    }

    private void fetch(String page, StringBuilder names, Map<String, String> values) {
        for (JsonNode metric : page(page + "?get=" + names)) {
            values.put(metric.path("id").asText(), metric.path("value").asText());
        }
        names.setLength(0);
    }

    /** A stop by the name that is given to it before it is asked for: asked for twice, it is done once. */
    public record Stopping(String trigger) {

        public static Stopping named() {
            return new Stopping(UUID.randomUUID().toString().replace("-", ""));
        }
    }

    /** Asks for a savepoint, without draining, after which the job ends. */
    public void stopWithSavepoint(Stopping stopping, String folder) {
        ObjectNode body = JSON.createObjectNode()
                .put("targetDirectory", folder)
                .put("drain", false)
                .put("formatType", "CANONICAL")
                .put("triggerId", stopping.trigger());
        pages.post("jobs/" + id + "/stop", body);
    }

    /**
     * What became of it: where the savepoint is, or why there is none; both empty while it is under way.
     *
     * @param isForgotten whether the cluster does not know of it, as another JobManager that has taken the job over
     */
    public record Stopped(Optional<String> savepoint, Optional<RemoteFailure> failure, boolean isForgotten) {}

    public Stopped stopped(Stopping stopping) {
        Optional<JsonNode> found = pages.find("jobs/" + id + "/savepoints/" + stopping.trigger());
        if (found.isEmpty()) {
            // Where the job itself is not known any more, this says so.
            page("");
            return new Stopped(Optional.empty(), Optional.empty(), true);
        }
        JsonNode page = found.get();
        if (!page.path("status").path("id").asText().equals("COMPLETED")) {
            return new Stopped(Optional.empty(), Optional.empty(), false);
        }
        JsonNode operation = page.path("operation");
        return operation.has("location")
                ? new Stopped(Optional.of(operation.path("location").asText()), Optional.empty(), false)
                : new Stopped(
                        Optional.empty(),
                        Optional.of(RemoteFailure.of(operation
                                .path("failure-cause")
                                .path("stack-trace")
                                .asText())),
                        false);
    }

    /** Ends it at once; what the last checkpoint confirmed stays. */
    public void cancel() {
        pages.patch("jobs/" + id + "?mode=cancel");
    }

    private JsonNode page(String name) {
        return pages.find("jobs/" + id + name)
                .orElseThrow(() -> new ClusterAway("the Flink cluster at " + pages.shown() + " does not know the job "
                        + id + " any more: it was started anew, or the job is long over"));
    }
}
