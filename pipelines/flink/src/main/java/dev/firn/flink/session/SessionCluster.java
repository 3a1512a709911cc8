package dev.firn.flink.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** A session cluster by its address. Methods block, and throw {@link ClusterAway} where it does not answer. */
public final class SessionCluster {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRAPH = "job.graph";

    private final RestPages pages;

    public SessionCluster(URI address) {
        this(List.of(address));
    }

    /** @param addresses of its JobManagers; whichever listens is asked, and asks the one that leads */
    public SessionCluster(List<URI> addresses) {
        this.pages = new RestPages(addresses);
    }

    /** Each of its JobManagers as if it were alone: what they say of themselves is no other's. */
    public List<SessionCluster> jobManagers() {
        return pages.addresses().stream().map(SessionCluster::new).toList();
    }

    /** Its address for people. */
    public String shown() {
        return pages.shown();
    }

    /** How many slots it has, and how many of them are free. */
    public record Slots(int all, int free, int taskManagers) {}

    public Slots slots() {
        JsonNode overview = pages.get("overview");
        return new Slots(
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt(),
                overview.path("taskmanagers").asInt());
    }

    public String flinkVersion() {
        String version = pages.get("overview").path("flink-version").asText();
        if (version.isEmpty()) {
            throw new ClusterAway("what answers at " + shown() + " is no Flink cluster: it does not say its version");
        }
        return version;
    }

    /** The class path that its JobManager was started with, a path of that machine each. */
    public List<String> classPath() {
        List<String> paths = new ArrayList<>();
        for (JsonNode entry : pages.get("jobmanager/environment").path("classpath")) {
            paths.add(entry.asText());
        }
        return paths;
    }

    /** Its settings, as its configuration file and its command line have them. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (JsonNode setting : pages.get("jobmanager/config")) {
            settings.put(setting.path("key").asText(), setting.path("value").asText());
        }
        return settings;
    }

    /** All that run or have run since it was started, the newest first. */
    public List<ListedJob> jobs() {
        List<ListedJob> jobs = new ArrayList<>();
        for (JsonNode job : pages.get("jobs/overview").path("jobs")) {
            jobs.add(new ListedJob(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    Instant.ofEpochMilli(job.path("start-time").asLong()),
                    Instant.ofEpochMilli(job.path("last-modification").asLong())));
        }
        jobs.sort(Comparator.comparing(ListedJob::started).reversed().thenComparing(ListedJob::id));
        return jobs;
    }

    public RemoteJob job(String id) {
        return new RemoteJob(pages, id);
    }

    /** Hands over a job without jars, for the cluster has them. */
    public void submit(JobGraph graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(graph);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        ObjectNode request = JSON.createObjectNode().put("jobGraphFileName", GRAPH);
        request.putArray("jobJarFileNames");
        request.putArray("jobArtifactFileNames");
        pages.upload("jobs", request, GRAPH, bytes.toByteArray());
    }

    /** The ids of the TaskManagers that have registered. */
    public List<String> taskManagers() {
        List<String> ids = new ArrayList<>();
        for (JsonNode manager : pages.get("taskmanagers").path("taskmanagers")) {
            ids.add(manager.path("id").asText());
        }
        Collections.sort(ids);
        return ids;
    }

    /** The end of the JobManager's log; empty where it keeps none. */
    public Optional<List<String>> jobManagerLog(int lines) {
        return pages.lastLines("jobmanager/log", lines);
    }

    /** The end of a TaskManager's log; empty where it keeps none, or is not there. */
    public Optional<List<String>> taskManagerLog(String id, int lines) {
        return pages.lastLines("taskmanagers/" + id + "/log", lines);
    }
}
