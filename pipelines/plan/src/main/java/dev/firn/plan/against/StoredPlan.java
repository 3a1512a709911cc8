package dev.firn.plan.against;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plan as its JSON has it, such as one that was stored when its job was started.
 *
 * @param environment of the project that it was planned in
 * @param settings of the job as a whole
 * @param sources by name
 * @param tables by name
 * @param templates of tables that values name, by their text
 */
public record StoredPlan(
        String pipeline,
        Optional<String> environment,
        Settings settings,
        SortedMap<String, Source> sources,
        SortedSet<Route> routes,
        SortedMap<String, Table> tables,
        SortedMap<String, Table> templates,
        Sink sink) {

    /**
     * @param settings its options
     */
    record Source(String name, String type, SortedSet<String> streams, Settings settings) {
        Source {
            streams = Collections.unmodifiableSortedSet(new TreeSet<>(streams));
        }
    }

    /** Where the records of a stream go; {@code table} may be a template. */
    record Route(String source, String stream, String table) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            int bySource = source.compareTo(other.source);
            int byStream = bySource == 0 ? stream.compareTo(other.stream) : bySource;
            return byStream == 0 ? table.compareTo(other.table) : byStream;
        }
    }

    /**
     * @param columns with their types, in words; empty in a plan that was made offline
     */
    record Table(String name, SortedMap<String, String> columns, Settings settings) {
        Table {
            columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        }
    }

    /**
     * @param settings its options
     */
    record Sink(String type, String ledger, String quarantine, Settings settings) {}

    public StoredPlan {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        routes = Collections.unmodifiableSortedSet(new TreeSet<>(routes));
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
    }

    /**
     * Reads what {@code firn plan --format json} wrote.
     *
     * @throws NotAPlan if it is something else
     */
    public static StoredPlan read(String json) throws NotAPlan {
        return StoredPlanReader.read(json);
    }

    /** The same of a plan that was just made. */
    public static StoredPlan of(PipelinePlan plan) {
        try {
            return read(PlanJson.write(plan));
        } catch (NotAPlan bug) {
            throw new IllegalStateException("our bug: a plan's own JSON can't be read: " + bug.getMessage(), bug);
        }
    }

    /** The tables and templates that a stream goes to. */
    SortedSet<String> tablesOf(String source, String stream) {
        return routes.stream()
                .filter(route -> route.source().equals(source) && route.stream().equals(stream))
                .map(Route::table)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the sources that read a stream. */
    SortedSet<String> readersOf(String stream) {
        return sources.values().stream()
                .filter(source -> source.streams().contains(stream))
                .map(Source::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sources with their streams, such as {@code kafka[orders, refunds]}, sorted. */
    public List<String> sourcesInWords() {
        return sources.values().stream()
                .map(source -> source.name() + source.streams())
                .toList();
    }

    /** Whether it goes on where another left off; where not, everything is read anew, and that is told. */
    boolean knowsPositionsOf(StoredPlan other) {
        return pipeline.equals(other.pipeline) || sink.ledger().equals(other.sink.ledger());
    }

    /** All that rows are written to, by both. */
    SortedSet<String> targetsShared(StoredPlan other) {
        TreeSet<String> shared = new TreeSet<>();
        tables.keySet().stream().filter(name -> other.tables.containsKey(name)).forEach(shared::add);
        templates.keySet().stream()
                .filter(name -> other.templates.containsKey(name))
                .forEach(shared::add);
        return shared;
    }
}
