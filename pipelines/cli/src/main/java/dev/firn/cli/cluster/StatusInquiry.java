package dev.firn.cli.cluster;

import dev.firn.cli.cluster.PipelineStatus.Failure;
import dev.firn.cli.cluster.PipelineStatus.Job;
import dev.firn.cli.cluster.PipelineStatus.Table;
import dev.firn.cli.cluster.PipelineStatus.Waits;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.PlanParameters;
import dev.firn.flink.session.ListedJob;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.spi.Connectors;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks the cluster, the ledger and the sources how a pipeline fares. */
public final class StatusInquiry {

    /** The committer's, as {@link dev.firn.flink.commit.TableMetrics} names them. */
    private static final String HELD = "heldSeconds";

    private static final String REASON = "lastFailure";
    private static final String LEDGER = ".ledgerFailing";
    private static final List<String> METRICS = List.of("." + HELD, "." + REASON, LEDGER);

    private final PipelineDefinition definition;
    private final Connectors connectors;
    private final ReferenceResolver references;
    private final SessionCluster cluster;

    public StatusInquiry(
            PipelineDefinition definition,
            Connectors connectors,
            ReferenceResolver references,
            SessionCluster cluster) {
        this.definition = definition;
        this.connectors = connectors;
        this.references = references;
        this.cluster = cluster;
    }

    /** What the cluster says of the job alone; empty where it does not run and never has. */
    public Optional<Job> job(PipelineIdentity pipeline) {
        PipelineJob jobs = new PipelineJob(cluster, pipeline);
        return jobs.running().or(jobs::ended).map(this::job);
    }

    /**
     * All of it.
     *
     * @param job what the cluster has said
     * @param lake of the pipeline, whose ledger is there
     */
    public PipelineStatus ask(Optional<Job> job, Lake lake, Instant now) {
        LedgerView ledger = LedgerView.of(lake);
        Map<String, String> metrics = job.filter(running -> !running.isOver())
                .map(running -> cluster.job(running.id()).metrics("commit epochs", METRICS))
                .orElse(Map.of());
        List<String> unwell = new ArrayList<>();
        SortedMap<String, Set<String>> read = job.map(
                        known -> PlanParameters.streams(cluster.job(known.id()).parameters()))
                .orElse(new TreeMap<>());
        SortedMap<String, Long> lag = lag(ledger, read, unwell);
        List<TableName> planned = job.map(
                        known -> PlanParameters.tables(cluster.job(known.id()).parameters()))
                .orElse(List.of());
        List<Table> tables = tables(lake, ledger, planned, metrics, now);
        if (metrics.entrySet().stream()
                .anyMatch(metric ->
                        metric.getKey().endsWith(LEDGER) && !metric.getValue().equals("0"))) {
            unwell.add("the ledger can't be written, and without it no table gets anything");
        }
        long behind = lag.values().stream().mapToLong(Long::longValue).sum();
        if (behind > 0 && job.filter(Job::runs).isPresent()) {
            Job running = job.get();
            new Standstill(
                            cluster.job(running.id()),
                            definition.pipeline().options().checkpointInterval(),
                            now)
                    .of(running, ledger.last())
                    .ifPresent(unwell::add);
        }
        return new PipelineStatus(
                definition.name(),
                cluster.shown(),
                job,
                ledger.state().lastEpoch(),
                ledger.run(),
                ledger.last(),
                tables,
                lag,
                unwell,
                ledger.account());
    }

    private Job job(ListedJob listed) {
        RemoteJob job = cluster.job(listed.id());
        List<RemoteJob.Failed> failures = job.failures();
        RemoteJob.State state = job.state();
        // Flink keeps the metric while the job is there, and the last of the failures.
        long restarts = listed.isOver() ? failures.size() : Math.max(job.restarts(), failures.size());
        return new Job(
                listed.id(),
                state.state(),
                state.since(),
                state.started(),
                listed.isOver() ? List.of() : state.waiting(),
                restarts,
                failures.stream()
                        .map(failed -> new Failure(failed.at(), failed.failure().sentence()))
                        .findFirst(),
                listed.isOver()
                        ? Optional.empty()
                        : job.checkpoints().lost().map(lost -> new Failure(lost.at(), lost.reason())));
    }

    /** Also those that nothing has come to yet: it may be because they wait. */
    private static List<Table> tables(
            Lake lake, LedgerView ledger, List<TableName> planned, Map<String, String> metrics, Instant now) {
        Map<TableName, DetachedTable> detached = lake.ledger().detached();
        SortedSet<TableName> names = new TreeSet<>(ledger.tables().keySet());
        names.addAll(detached.keySet());
        names.addAll(planned);
        List<Table> tables = new ArrayList<>();
        names.forEach(name -> tables.add(new Table(
                name,
                Optional.ofNullable(ledger.tables().get(name)),
                waits(lake, name, Optional.ofNullable(detached.get(name)), metrics, now))));
        return tables;
    }

    private static Optional<Waits> waits(
            Lake lake, TableName name, Optional<DetachedTable> detached, Map<String, String> metrics, Instant now) {
        if (detached.isPresent()) {
            return Optional.of(new Waits(
                    "detached", Optional.of(detached.get().at()), detached.get().reason()));
        }
        return held(name, metrics, now).or(() -> paused(lake, name));
    }

    static Optional<Waits> held(TableName name, Map<String, String> metrics, Instant now) {
        long seconds = metric(metrics, name, HELD).map(StatusInquiry::number).orElse(0L);
        return seconds == 0
                ? Optional.empty()
                : Optional.of(new Waits(
                        "held",
                        Optional.of(now.minus(Duration.ofSeconds(seconds))),
                        metric(metrics, name, REASON).orElse("")));
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Flink writes an underscore for each character of a name that has a meaning to it. */
    private static Optional<String> metric(Map<String, String> metrics, TableName table, String metric) {
        String ending = ".table." + table.full().replaceAll("[ .:,]", "_") + "." + metric;
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ending))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<Waits> paused(Lake lake, TableName table) {
        try {
            return lake.paused(table).map(paused -> new Waits("paused", Optional.of(paused.at()), paused.reason()));
        } catch (OutsideException | CommitRefused away) {
            return Optional.of(new Waits("held", Optional.empty(), String.valueOf(away.getMessage())));
        }
    }

    /** @param read what the job's plan reads, by source; what came since is told, and is no lag of the job's */
    private SortedMap<String, Long> lag(LedgerView ledger, SortedMap<String, Set<String>> read, List<String> unwell) {
        SortedMap<String, Long> lag = new TreeMap<>();
        for (SourceDefinition source : definition.sources()) {
            try (SourceInspector inspector = connectors.source(source.type()).inspect(source, references)) {
                SortedSet<String> came = new TreeSet<>();
                for (SplitRange range : inspector.ranges()) {
                    String stream = range.split().stream();
                    if (inspector.isOfAStream(range.split())
                            && !read.getOrDefault(source.name(), Set.of(stream)).contains(stream)) {
                        came.add(stream);
                        continue;
                    }
                    long position = ledger.state().positions().getOrDefault(range.split(), range.start());
                    lag.merge(
                            range.split().source() + "/" + range.split().stream(),
                            Math.max(0, range.end() - position),
                            Long::sum);
                }
                if (!came.isEmpty()) {
                    unwell.add("source `" + source.name() + "` selects what the plan of the job does not have: "
                            + String.join(", ", came)
                            + "; a start reads what is ready then, and `firn upgrade` makes one");
                }
            } catch (OutsideException away) {
                unwell.add("the lag of source `" + source.name() + "` is not known: " + away.getMessage());
            }
        }
        return lag;
    }
}
