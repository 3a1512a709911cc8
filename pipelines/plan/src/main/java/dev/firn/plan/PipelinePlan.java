package dev.firn.plan;

import dev.firn.definition.reference.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is decided before anything is done: equal definitions, schemas and tables give equal plans, to the
 * byte. References stay references.
 *
 * @param sources sorted by name: their order in the file means nothing
 * @param routes sorted by source and stream
 * @param tables sorted by name
 * @param tablesByValue those that come to exist while the job runs, sorted by template
 * @param project empty where there is no project file
 */
public record PipelinePlan(
        String pipeline,
        int parallelism,
        int maxParallelism,
        Duration checkpointInterval,
        SortedMap<String, Text> flink,
        List<SourcePlan> sources,
        List<RoutePlan> routes,
        List<TablePlan> tables,
        List<TablesByValuePlan> tablesByValue,
        SinkPlan sink,
        List<PlanNode> nodes,
        Optional<ProjectPlan> project) {

    /** The version of the JSON form; a reader refuses a newer one. */
    public static final int VERSION = 1;

    /** Flink's default, frozen at the first run, so it is said and not derived. */
    public static final int MAX_PARALLELISM = 128;

    public PipelinePlan {
        flink = Collections.unmodifiableSortedMap(new TreeMap<>(flink));
        sources = List.copyOf(sources);
        routes = List.copyOf(routes);
        tables = List.copyOf(tables);
        tablesByValue = List.copyOf(tablesByValue);
        nodes = List.copyOf(nodes);
    }

    /** Outside of any project. */
    public PipelinePlan(
            String pipeline,
            int parallelism,
            int maxParallelism,
            Duration checkpointInterval,
            SortedMap<String, Text> flink,
            List<SourcePlan> sources,
            List<RoutePlan> routes,
            List<TablePlan> tables,
            List<TablesByValuePlan> tablesByValue,
            SinkPlan sink,
            List<PlanNode> nodes) {
        this(
                pipeline,
                parallelism,
                maxParallelism,
                checkpointInterval,
                flink,
                sources,
                routes,
                tables,
                tablesByValue,
                sink,
                nodes,
                Optional.empty());
    }

    /** The uid of every operator, one a line, in the order of the graph. */
    public String uids() {
        StringBuilder lines = new StringBuilder();
        nodes.forEach(node -> lines.append(node.uid()).append('\n'));
        return lines.toString();
    }
}
