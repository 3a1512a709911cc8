package dev.firn.it.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.sink.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * A topic of numbered events and a pipeline that is run over and over, in this process, since a JVM of its own for each
 * run takes long.
 */
public record Events(String topic, Pipeline pipeline) {

    private static final Schema EVENT =
            SchemaBuilder.record("Event").fields().requiredLong("id").endRecord();
    private static final Pattern SAVEPOINT = Pattern.compile("stopped; state is in (\\S+)");

    /** On the hadoop catalog, whose tables a test can copy as folders. */
    public static Events of(String name) throws IOException {
        String topic = Stack.unique(name);
        Stack.running().createTopic(topic, 1);
        return new Events(topic, Pipeline.of(Stack.unique(name), List.of(topic), ""));
    }

    public TopicLog log() {
        return new TopicLog(Stack.running().bootstrapServers(), topic);
    }

    /** Events in partition 0, by their ids. */
    public void send(long first, long last) {
        send(0, first, last);
    }

    public void send(int partition, long first, long last) {
        try (Records records = new Records()) {
            LongStream.rangeClosed(first, last)
                    .mapToObj(
                            id -> new GenericRecordBuilder(EVENT).set("id", id).build())
                    .forEach(event -> records.send(topic, partition, records.framed(topic, event)));
        }
    }

    /** Runs the pipeline until it has caught up, or refuses. */
    public Firn.Answer run(String... options) {
        return run(pipeline.file(), options);
    }

    /** The same with another file. */
    public Firn.Answer run(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--until-caught-up"));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return firn(arguments.toArray(String[]::new));
    }

    /** A verb, with the variables that the file refers to. */
    public Firn.Answer firn(String... arguments) {
        pipeline.environment()
                .forEach((name, value) -> System.setProperty(SystemReferences.PROPERTY_PREFIX + name, value));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        int code = Main.commandLine(screen).execute(arguments);
        return new Firn.Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs until caught up, which must succeed; answers what was said. */
    public String goOn(String... options) {
        Firn.Answer answer = run(options);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.err();
    }

    /** The savepoint that a run has stopped with. */
    public static String savepoint(String said) {
        Matcher stopped = SAVEPOINT.matcher(said);
        assertThat(stopped.find()).as(said).isTrue();
        return stopped.group(1);
    }

    /** Every event from the first to the last is in the table once, and the ledger says the same. */
    public void assertEachOnce(long last) {
        List<Long> expected = LongStream.rangeClosed(1, last).boxed().toList();
        assertThat(ids()).isEqualTo(expected);
        assertThat(epochs().stream()
                        .flatMap(epoch -> epoch.progress().stream())
                        .mapToLong(progress -> progress.read())
                        .sum())
                .isEqualTo(last);
    }

    /** What the table holds, in order. */
    public List<Long> ids() {
        return pipeline.rows(pipeline.table(topic), "id").stream()
                .map(row -> (Long) row.get(0))
                .sorted()
                .toList();
    }

    /** The number of the last epoch; how many checkpoints saw something depends on the machine. */
    public long lastEpoch() {
        return pipeline.ledger().lastEpoch();
    }

    public List<Epoch> epochs() {
        try (Lake lake = pipeline.lake()) {
            return lake.ledger().since(0);
        }
    }

    /** A table's folder in the lake, metadata and data. */
    public Path folder(String table) {
        return pipeline.lakeFolder().resolve(pipeline.name()).resolve(table);
    }

    /** Deletes what Flink keeps. */
    public void forgetFlinksState() {
        delete(pipeline.file().resolveSibling(".firn"));
    }

    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an administrator does with a backup: the folder is as the copy was. */
    public static void copy(Path from, Path to) {
        if (Files.exists(to)) {
            delete(to);
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
