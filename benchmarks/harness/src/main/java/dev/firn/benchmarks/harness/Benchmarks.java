package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.lake.Lake;
import dev.firn.benchmarks.latency.Latency;
import dev.firn.benchmarks.workload.Workload;
import dev.firn.benchmarks.workload.Workloads;
import dev.firn.devstack.DevstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where {@code benchmarks/run} begins. */
@Command(
        name = "benchmarks/run",
        description = {
            "Runs Firn and others on the same work, each in processes of their own, in turns; compares what they wrote and"
                    + " says what it took.",
            "Everything runs on this machine: a broker, a registry, the tables in a temporary folder. With all workloads it"
                    + " takes an hour or two; --quick takes about three minutes."
        },
        subcommands = Latency.class,
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class Benchmarks implements Callable<Integer> {

    private static final double QUICK = 0.1;
    private static final List<String> QUICK_WORKLOADS = List.of("narrow", "orders", "wide");

    @Option(names = "--quick", description = "A few workloads, a tenth of their records, one round.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WORKLOAD,PEER",
            description = "Only these workloads and peers; Firn always runs. Those that are not named are left out.")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every figure there.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--profile",
            description =
                    "One process more for each, which is profiled: where the time goes, and the first ten methods.")
    private boolean profile;

    @Option(names = "--rounds", paramLabel = "N", description = "How many processes each gets for each workload: 3.")
    private Optional<Integer> rounds = Optional.empty();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "How often a process does the work: 3. The last is warm.")
    private int repetitions = 3;

    @Option(names = "--scale", paramLabel = "X", description = "So many times the records.")
    private Optional<Double> scale = Optional.empty();

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Between checkpoints: 5; with --quick 2.")
    private Optional<Integer> interval = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Of the records: 1.")
    private long seed = 1;

    private final List<Workload> workloads = new ArrayList<>();
    private final Set<Contender> contenders = EnumSet.noneOf(Contender.class);

    private Benchmarks() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        int code = commandLine().execute(arguments);
        System.out.flush();
        Runtime.getRuntime().exit(code);
    }

    /** With all workloads and peers at the end of its help. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Benchmarks());
        List<String> footer = new ArrayList<>(List.of("", "Workloads:"));
        Workloads.all().forEach(workload -> footer.add(String.format("  %-18s %s", workload.name(), workload.says())));
        footer.addAll(List.of("", "Peers:"));
        EnumSet.complementOf(EnumSet.of(Contender.FIRN))
                .forEach(peer -> footer.add(String.format("  %-18s %s", peer.word(), peer.title())));
        line.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
        return line;
    }

    @Override
    public Integer call() throws Exception {
        Optional<String> unknown = choose();
        if (unknown.isPresent()) {
            System.err.println("benchmarks/run: " + unknown.get());
            return 2;
        }
        Path folder = Files.createTempDirectory("firn-benchmarks");
        try {
            return run(folder);
        } finally {
            delete(folder);
        }
    }

    /** What is meant by {@code --only}; a sentence where it can't be known. */
    private Optional<String> choose() {
        for (String word : only) {
            Optional<Workload> workload = Workloads.named(word);
            Optional<Contender> contender = Contender.named(word);
            if (workload.isEmpty() && contender.isEmpty()) {
                return Optional.of("`" + word + "` is no workload and no peer. Workloads: "
                        + Workloads.all().stream().map(Workload::name).collect(Collectors.joining(", ")) + ". Peers: "
                        + Arrays.stream(Contender.values()).map(Contender::word).collect(Collectors.joining(", ")));
            }
            workload.ifPresent(workloads::add);
            contender.ifPresent(contenders::add);
        }
        if (workloads.isEmpty()) {
            Workloads.all().stream()
                    .filter(workload -> !quick || QUICK_WORKLOADS.contains(workload.name()))
                    .forEach(workloads::add);
        }
        if (contenders.isEmpty()) {
            Arrays.stream(Contender.values()).filter(Contender::isUsual).forEach(contenders::add);
        }
        contenders.add(Contender.FIRN);
        return Optional.empty();
    }

    private int run(Path folder) throws IOException, InterruptedException {
        Settings settings = new Settings(
                Path.of(System.getProperty("firn.home")),
                folder,
                contenders,
                rounds.orElse(quick ? 1 : 3),
                repetitions,
                Duration.ofSeconds(interval.orElse(quick ? 2 : 5)),
                seed,
                Duration.ofMinutes(15).toSeconds(),
                profile ? Settings.Profiling.AFTERWARDS : Settings.Profiling.NONE);
        Machine machine = Machine.here(settings.home());
        List<Result> results = new ArrayList<>();
        try (DevstackProcess stack = DevstackProcess.start(folder.resolve("devstack"))) {
            Lake lake = new Lake(folder.resolve("lake"));
            for (Workload workload : workloads) {
                Workload sized = workload.scaled(scale.orElse(quick ? QUICK : 1));
                Result result = new Race(settings, stack, lake, sized, System.err::println).run();
                System.out.println(ResultTable.of(result));
                results.add(result);
                if (json.isPresent()) {
                    ResultJson.write(json.get(), machine, settings, results);
                }
            }
        }
        return results.stream().allMatch(Result::isGood) ? 0 : 1;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
