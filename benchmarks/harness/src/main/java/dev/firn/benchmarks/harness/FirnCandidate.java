package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.measure.Candidate;
import dev.firn.benchmarks.measure.MeasuredProcess;
import dev.firn.benchmarks.measure.Work;
import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code firn run}, in a process that is measured. */
public final class FirnCandidate implements Candidate {

    private final Path folder;
    private final String partitionBy;
    private final List<String> rules;

    /** Ten of the kinds that people write, about columns of every simple type; every order meets them. */
    private static final List<String> TEN = List.of(
            "amount > -100000",
            "status not in ('LOST', 'STOLEN', 'TEST')",
            "customer_id like '%-%'",
            "char_length(note) <= 400",
            "order_id is not null",
            "priority between 0 and 100",
            "channel = 'web' or channel like 'channel-%'",
            "is_gift or not is_gift",
            "created_at >= timestamp '2001-01-01 00:00:00'",
            "address.country <> ''");

    private FirnCandidate(Path folder, String partitionBy, List<String> rules) {
        this.folder = folder;
        this.partitionBy = partitionBy;
        this.rules = rules;
    }

    /** The work's file, and perhaps `partition-by=NOTATION`, `rules` and `forever`. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        String prefix = "partition-by=";
        String partitionBy = words.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .findFirst()
                .orElse("");
        Path folder = Path.of(words.get(0)).toAbsolutePath().resolveSibling("pipelines");
        MeasuredProcess.run(words, new FirnCandidate(folder, partitionBy, words.contains("rules") ? TEN : List.of()));
    }

    @Override
    public void run(Work work, int repetition) throws Exception {
        run(work, repetition, "run", "--until-caught-up");
    }

    @Override
    public void runForever(Work work) throws Exception {
        run(work, 0, "run");
    }

    private void run(Work work, int repetition, String... verb) throws IOException {
        Path file = pipelineFile(work, repetition);
        List<String> arguments = new java.util.ArrayList<>(List.of(verb));
        arguments.add(file.toString());
        int code = Main.commandLine(new Screen(System.err, System.err, Map.of()))
                .execute(arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("`firn run " + file + "` ended with " + code);
        }
    }

    private Path pipelineFile(Work work, int repetition) throws IOException {
        String namespace = work.namespace(repetition);
        String topics = work.topics().stream().map(Work.Topic::name).collect(Collectors.joining(", "));
        String tables = partitionBy.isEmpty()
                ? upserts(work, namespace) + expectations(namespace)
                : "tables:\n"
                        + work.topics().stream()
                                .map(topic -> "  - {table: " + namespace + "." + topic.name() + ", partition-by: ["
                                        + quoted(partitionBy) + "], properties: {write.distribution-mode: hash}}\n")
                                .collect(Collectors.joining());
        Files.createDirectories(folder);
        return Files.writeString(
                folder.resolve(namespace + ".yaml"),
                """
                pipeline:
                  name: %s
                  parallelism: %d
                  checkpoint-interval: %dms
                source:
                  type: kafka
                  topics: [%s]
                %s  properties: {bootstrap.servers: "%s"}
                  format: {type: avro, registry: {url: "%s"}}
                route:
                  - {from: "*", to: %s.$stream}
                %ssink:
                  type: iceberg
                  namespace: %s
                  catalog: {type: hadoop, warehouse: "%s"}
                """
                        .formatted(
                                namespace.replace('_', '-'),
                                work.parallelism(),
                                work.commitInterval().toMillis(),
                                topics,
                                hasKey(work) ? "  tombstones: delete\n  key: {type: avro, columns: none}\n" : "",
                                work.bootstrapServers(),
                                work.registryUrl(),
                                namespace,
                                tables,
                                namespace,
                                work.warehouse().toUri()));
    }

    private static boolean hasKey(Work work) {
        return work.topics().stream().anyMatch(topic -> !topic.key().isEmpty());
    }

    private static String upserts(Work work, String namespace) {
        return !hasKey(work)
                ? ""
                : "tables:\n"
                        + work.topics().stream()
                                .map(topic -> "  - {table: " + namespace + "." + topic.name() + ", write: upsert, key: "
                                        + topic.key() + "}\n")
                                .collect(Collectors.joining());
    }

    private String expectations(String namespace) {
        if (rules.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("tables:\n  - table: \"" + namespace + ".*\"\n    expect:\n");
        for (int number = 0; number < rules.size(); number++) {
            text.append("      rule-")
                    .append(number)
                    .append(": ")
                    .append(quoted(rules.get(number)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
