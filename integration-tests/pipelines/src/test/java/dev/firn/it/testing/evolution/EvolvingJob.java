package dev.firn.it.testing.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.awaitility.Awaitility;

/** One job that reads the topics of a load, two subtasks at a time, and the tables that it makes. */
public record EvolvingJob(Pipeline pipeline, Load load) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The job of a load's topics; each table has its scenario's policy. */
    public static EvolvingJob of(String name, Load load) throws IOException {
        String pipelineName = Stack.unique(name);
        String tables = load.topics().stream()
                .map(topic -> "  - {table: %s.%s, schema-evolution: %s}%n"
                        .formatted(pipelineName, topic.name(), topic.scenario().policy()))
                .collect(Collectors.joining("", "tables:\n", ""));
        List<String> topics = load.topics().stream().map(Load.Topic::name).toList();
        Pipeline pipeline = Pipeline.of(pipelineName, topics, tables);
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("500ms", "1s"));
        return new EvolvingJob(pipeline, load);
    }

    /** Gives a table another policy, which the next run reads. */
    public void decide(String scenario, String before, String now) throws IOException {
        String line = "evolution: " + before;
        String text = Files.readString(pipeline.file());
        int at = text.indexOf(line, text.indexOf(topic(scenario).name() + ", schema"));
        Files.writeString(
                pipeline.file(), text.substring(0, at) + "evolution: " + now + text.substring(at + line.length()));
    }

    public Firn.Started start() {
        return Firn.start(pipeline.environment(), "run", pipeline.file().toString());
    }

    WrittenTable table(Load.Topic topic) {
        return WrittenTable.of(pipeline, topic.name());
    }

    /** The table of the scenario of that name. */
    public WrittenTable table(String scenario) {
        return table(topic(scenario));
    }

    private Load.Topic topic(String scenario) {
        return load.topics().stream()
                .filter(topic -> topic.scenario().name().equals(scenario))
                .findFirst()
                .orElseThrow();
    }

    public void await(Firn.Started run, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(400))
                .until(() -> !run.process().isAlive() || condition.getAsBoolean());
        assertThat(run.process().isAlive()).as(run.said()).isTrue();
    }

    /** Kills the run as soon as so many tables have changed: the next commit of rows is up to a second away. */
    public void killWhenTablesHaveChanged(Firn.Started run, int tables) throws InterruptedException {
        Map<String, Integer> before = schemaIds();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !run.process().isAlive() || changed(before) >= tables);
        assertThat(run.process().isAlive()).as(run.said()).isTrue();
        run.kill();
    }

    private long changed(Map<String, Integer> before) {
        return schemaIds().entrySet().stream()
                .filter(table -> !table.getValue().equals(before.get(table.getKey())))
                .count();
    }

    private Map<String, Integer> schemaIds() {
        return load.topics().stream()
                .collect(Collectors.toMap(
                        Load.Topic::name, topic -> table(topic).table().schema().schemaId()));
    }

    /** The tables that have another schema than their newest rows were committed with. */
    public List<String> changedSinceTheirLastCommit() {
        return load.topics().stream()
                .filter(topic -> {
                    Table table = table(topic).table();
                    return !Integer.valueOf(table.schema().schemaId())
                            .equals(table.currentSnapshot().schemaId());
                })
                .map(topic -> topic.scenario().name())
                .toList();
    }

    /** How many records the ledger says are behind. */
    public long committed() {
        return pipeline.ledger().positions().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Returns when each topic has rows in its table. */
    public void awaitFirstRows(Firn.Started run) {
        await(
                run,
                () -> pipeline.ledger().positions().entrySet().stream()
                                .filter(position -> position.getValue() > 0)
                                .map(position -> position.getKey().stream())
                                .distinct()
                                .count()
                        == load.topics().size());
    }

    /** Returns when something was decided about each topic's versions, and all records that came until then are behind. */
    public void awaitDecisions(Firn.Started run) {
        List<Load.Topic> waiting = new ArrayList<>(load.topics());
        await(run, () -> {
            waiting.removeIf(topic -> Decisions.areThere(pipeline, table(topic), topic.name()));
            return waiting.isEmpty();
        });
        awaitCommitted(run, load.records());
    }

    /** Returns when so many records are behind. */
    public void awaitCommitted(Firn.Started run, long records) {
        await(run, () -> committed() >= records);
    }

    /** Ends the load and then, when all of it is committed, the run. */
    public void finish(Firn.Started run) throws IOException, InterruptedException {
        load.stop();
        await(run, () -> committed() == load.records());
        run.interrupt();
        assertThat(run.answer().exitCode()).as(run.said()).isEqualTo(130);
    }

    /** All is as the scenarios say, and nothing is lost or doubled. */
    public void assertAsTold() {
        Outcome.of(this).assertAsTold();
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    }
}
