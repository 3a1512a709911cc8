package dev.firn.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.flink.session.ListedJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.plan.IndentedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pipelines of a cluster, a job each.
 *
 * @param others how many jobs run there that are not Firn's
 */
public record JobList(String cluster, SessionCluster.Slots slots, List<ListedJob> jobs, long others) {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    public JobList {
        jobs = List.copyOf(jobs);
    }

    /** Those that run, and of each pipeline that does not, its last job. */
    public static JobList of(SessionCluster cluster) {
        List<ListedJob> shown = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long others = 0;
        List<ListedJob> all = new ArrayList<>(cluster.jobs());
        all.sort((one, other) -> Boolean.compare(one.isOver(), other.isOver()));
        for (ListedJob job : all) {
            Optional<String> name = PipelineJob.stateName(cluster, job);
            if (name.isPresent()) {
                if (seen.add(name.get()) || !job.isOver()) {
                    shown.add(new ListedJob(job.id(), name.get(), job.state(), job.started(), job.changed()));
                }
            } else if (!job.isOver()) {
                others++;
            }
        }
        return new JobList(cluster.shown(), cluster.slots(), shown, others);
    }

    /** For people; {@code repeated} names the cluster in the next command. */
    public String text(Instant now, String repeated) {
        StringBuilder text = new StringBuilder();
        text.append(cluster + ": " + slots.taskManagers()
                + (slots.taskManagers() == 1 ? " TaskManager, " : " TaskManagers, ") + slots.free() + " of "
                + slots.all() + " slots free\n");
        if (jobs.isEmpty()) {
            text.append("no pipeline runs there, or has since it was started\n");
        } else {
            text.append(String.format("%n  %-30s %-12s %-14s %s%n", "pipeline", "state", "since", "job"));
            for (ListedJob job : jobs) {
                Instant since = job.isOver() ? job.changed() : job.started();
                text.append(String.format(
                        "  %-30s %-12s %-14s %s%n",
                        job.name(), job.state(), StatusText.ago(Duration.between(since, now)), job.id()));
            }
        }
        if (others > 0) {
            text.append("\nand " + others + (others == 1 ? " job that is" : " jobs that are") + " not Firn's\n");
        }
        return text.append("\nNext:  firn " + (jobs.isEmpty() ? "submit" : "status") + " " + repeated + "FILE\n")
                .toString();
    }

    /** For programs. */
    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("version", VERSION).put("cluster", cluster);
        root.putObject("slots").put("all", slots.all()).put("free", slots.free());
        root.put("task-managers", slots.taskManagers());
        ArrayNode pipelines = root.putArray("pipelines");
        jobs.forEach(job -> pipelines
                .addObject()
                .put("pipeline", job.name())
                .put("state", job.state())
                .put("started", job.started().toString())
                .put("changed", job.changed().toString())
                .put("job", job.id()));
        root.put("other-jobs", others);
        return IndentedJson.text(root);
    }
}
