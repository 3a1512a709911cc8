package dev.firn.benchmarks.latency;

import dev.firn.benchmarks.harness.Contender;
import dev.firn.benchmarks.lake.Lake;
import dev.firn.benchmarks.workload.Workload;
import dev.firn.benchmarks.workload.Workloads;
import dev.firn.devstack.DevstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run latency}. */
@Command(
        name = "latency",
        description = {
            "How long a record takes from its creation until its row is visible to a reader of the table, at several"
                    + " intervals of commits. Records come at a steady rate; a watcher looks at the table's metadata every 20 ms.",
            "Firn's own metric is asked, too, and compared with what the watcher saw. All of it takes about 45 minutes."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class Latency implements Callable<Integer> {

    private static final Set<Contender> ALL =
            EnumSet.of(Contender.FIRN, Contender.DATA_STREAM, Contender.SQL, Contender.CONNECT);

    @Option(names = "--intervals", split = ",", paramLabel = "SECONDS", description = "Between commits: 1,10,60.")
    private List<Integer> intervals = List.of(1, 10, 60);

    @Option(names = "--only", split = ",", paramLabel = "PEER", description = "Only these, and not Firn unless named.")
    private List<String> only = List.of();

    @Option(names = "--rate", paramLabel = "N", description = "Records a second: 2000.")
    private int rate = 2_000;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every figure there.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Set<Contender> contenders = EnumSet.noneOf(Contender.class);
        for (String word : only) {
            Optional<Contender> named =
                    ALL.stream().filter(one -> one.word().equals(word)).findFirst();
            if (named.isEmpty()) {
                System.err.println("benchmarks/run: `" + word + "` is not measured here. Peers: "
                        + ALL.stream().map(Contender::word).collect(Collectors.joining(", ")));
                return 2;
            }
            contenders.add(named.get());
        }
        if (rate < 1 || intervals.stream().anyMatch(seconds -> seconds < 1)) {
            System.err.println("benchmarks/run: --rate and --intervals are at least 1");
            return 2;
        }
        Path folder = Files.createTempDirectory("firn-latency");
        try {
            return run(folder, contenders.isEmpty() ? ALL : contenders);
        } finally {
            delete(folder);
        }
    }

    private int run(Path folder, Set<Contender> contenders) throws IOException, InterruptedException {
        Workload narrow = Workloads.named("narrow").orElseThrow();
        List<Measurement> measurements = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        try (DevstackProcess stack = DevstackProcess.start(folder.resolve("devstack"))) {
            LatencyRun.Setting setting = new LatencyRun.Setting(
                    Path.of(System.getProperty("firn.home")),
                    folder,
                    stack,
                    new Lake(folder.resolve("lake")),
                    narrow,
                    rate);
            for (int seconds : intervals) {
                for (Contender contender : contenders) {
                    System.err.println(contender.title() + ", a commit every " + seconds + " s");
                    try {
                        measurements.add(new LatencyRun(setting, contender, Duration.ofSeconds(seconds)).run());
                    } catch (IOException problem) {
                        failed.add(String.valueOf(problem.getMessage()));
                    }
                }
            }
        }
        System.out.println(LatencyReport.table(rate, narrow, measurements));
        failed.forEach(problem -> System.out.println("  FAILED: " + problem));
        if (json.isPresent()) {
            LatencyReport.write(json.get(), rate, measurements, failed);
        }
        return failed.isEmpty() && measurements.stream().allMatch(Measurement::isGood) ? 0 : 1;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
