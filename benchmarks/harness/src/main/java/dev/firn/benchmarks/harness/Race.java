package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.lake.Contents;
import dev.firn.benchmarks.lake.Lake;
import dev.firn.benchmarks.lake.TableFiles;
import dev.firn.benchmarks.lake.TopicContents;
import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.profile.Profile;
import dev.firn.benchmarks.workload.Workload;
import dev.firn.devstack.DevstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One workload, done by all contenders in turns: round after round, each time another begins. */
final class Race {

    private final Settings settings;
    private final DevstackProcess stack;
    private final Lake lake;
    private final Workload workload;
    private final Progress progress;
    private final Map<Contender, List<Measured>> rounds = new EnumMap<>(Contender.class);
    private final Map<Contender, TableFiles> files = new EnumMap<>(Contender.class);
    private final Map<Contender, Contents> contents = new EnumMap<>(Contender.class);
    /** What the topics hold; read when the first contender is done. */
    private Optional<Contents> truth = Optional.empty();

    private final Map<Contender, String> failed = new EnumMap<>(Contender.class);
    private final Map<Contender, Profile> profiles = new EnumMap<>(Contender.class);

    /** Hears what happens, for people who wait. */
    interface Progress {
        void says(String line);
    }

    Race(Settings settings, DevstackProcess stack, Lake lake, Workload workload, Progress progress) {
        this.settings = settings;
        this.stack = stack;
        this.lake = lake;
        this.workload = workload;
        this.progress = progress;
    }

    Result run() throws IOException, InterruptedException {
        List<Contender> able = settings.contenders().stream()
                .filter(contender -> contender.cannot(workload).isEmpty())
                .sorted()
                .toList();
        progress.says(String.format("%s: loading %,d records", workload.name(), workload.records()));
        try (Loaded loaded = Loaded.load(stack, workload, settings.seed(), folder("topics"))) {
            for (int round = 0; round < settings.rounds(); round++) {
                List<Contender> order = new ArrayList<>(able);
                Collections.rotate(order, -round);
                for (Contender contender : order) {
                    if (!failed.containsKey(contender)) {
                        once(contender, round, loaded);
                    }
                }
            }
            if (settings.profiling() == Settings.Profiling.AFTERWARDS) {
                for (Contender contender : rounds.keySet()) {
                    profile(contender, loaded);
                }
            }
        }
        Map<Contender, Figures> figures = new EnumMap<>(Contender.class);
        rounds.forEach((contender, measured) -> {
            if (!failed.containsKey(contender)) {
                figures.put(contender, new Figures(workload.records(), measured, filesOf(contender)));
            }
        });
        return new Result(workload, figures, failed, profiles, sameness());
    }

    /** The start of the process is left out, while code is still compiled. */
    private void profile(Contender contender, Loaded loaded) throws IOException, InterruptedException {
        Work work = work(contender, "profiled", settings.repetitions() + 2, loaded);
        Path recording = folder(work.namespace()).resolve("recording.jfr");
        try {
            measure(contender, work, List.of("-XX:StartFlightRecording=settings=profile,filename=" + recording));
            profiles.put(contender, Profile.read(recording).withoutFirst(0.5));
        } finally {
            remove(work);
        }
    }

    private TableFiles filesOf(Contender contender) {
        return files.getOrDefault(contender, new TableFiles(0, 0, 0));
    }

    private void once(Contender contender, int round, Loaded loaded) throws IOException, InterruptedException {
        Work work = work(contender, "r" + round, settings.repetitions(), loaded);
        try {
            Measured measured = measure(contender, work, List.of());
            check(contender, work, round);
            rounds.computeIfAbsent(contender, any -> new ArrayList<>()).add(measured);
            progress.says(String.format(
                    "%s: round %d, %s: %.2f µs of CPU a record, at first %.2f",
                    workload.name(),
                    round + 1,
                    contender.title(),
                    measured.warm().cpuNanos() / 1e3 / workload.records(),
                    measured.cold().cpuNanos() / 1e3 / workload.records()));
        } catch (IOException problem) {
            failed.put(contender, String.valueOf(problem.getMessage()));
            progress.says(workload.name() + ": " + problem.getMessage());
        } finally {
            remove(work);
        }
    }

    private Work work(Contender contender, String turn, int repetitions, Loaded loaded) {
        return new Work(
                stack.bootstrapServers(),
                stack.registryUrl(),
                lake.warehouse(),
                (workload.name() + "_" + contender.word() + "_" + turn).replace('-', '_'),
                repetitions,
                workload.parallelism(),
                settings.commitInterval(),
                loaded.topics());
    }

    private Measured measure(Contender contender, Work work, List<String> jvmOptions)
            throws IOException, InterruptedException {
        if (contender != Contender.FIRN) {
            makeTables(work);
        }
        Path own = folder(work.namespace());
        Files.createDirectories(own);
        return new ContenderProcess(contender, settings.home(), own)
                .measure(work, jvmOptions, words(contender), settings.limitSeconds());
    }

    private void remove(Work work) throws IOException {
        for (int i = 0; i < work.repetitions(); i++) {
            lake.remove(work.namespace(i));
        }
    }

    private List<String> words(Contender contender) {
        return contender == Contender.FIRN && !workload.partitionBy().isEmpty()
                ? List.of("partition-by=" + workload.partitionBy())
                : List.of();
    }

    private void makeTables(Work work) {
        for (int i = 0; i < work.repetitions(); i++) {
            for (Work.Topic topic : work.topics()) {
                lake.create(work.namespace(i), topic.name(), workload.schema(), workload.bucketed(), topic.key());
            }
        }
    }

    /** Every time all rows are there; what they are is looked at once, for that takes longer. */
    private void check(Contender contender, Work work, int round) throws IOException {
        long expected = work.topics().stream().mapToLong(Work.Topic::rows).sum();
        for (int i = 0; i < work.repetitions(); i++) {
            TableFiles found = new TableFiles(0, 0, 0);
            for (Work.Topic topic : work.topics()) {
                found = found.plus(lake.files(work.namespace(i), topic.name()));
            }
            if (found.rows() != expected && workload.key().isEmpty()) {
                throw new IOException(
                        String.format("%s has written %,d rows, not %,d", contender.title(), found.rows(), expected));
            }
            files.put(contender, found);
        }
        if (round == 0) {
            Contents read = contents(work, work.repetitions() - 1);
            if (read.rows() != expected) {
                throw new IOException(
                        String.format("%s has written %,d rows, not %,d", contender.title(), read.rows(), expected));
            }
            contents.put(contender, read);
            truth = truth.or(() -> Optional.of(ofTopics(work)));
        }
    }

    private Contents ofTopics(Work work) {
        return work.topics().stream()
                .map(topic ->
                        TopicContents.read(stack.bootstrapServers(), topic.name(), workload.schema(), workload.key()))
                .reduce(Contents::plus)
                .orElseThrow();
    }

    private Contents contents(Work work, int repetition) throws IOException {
        Optional<Contents> all = Optional.empty();
        for (Work.Topic topic : work.topics()) {
            Contents one = lake.contents(work.namespace(repetition), topic.name());
            all = Optional.of(all.map(before -> before.plus(one)).orElse(one));
        }
        return all.orElseThrow();
    }

    private Result.Sameness sameness() {
        return truth.map(topics -> Result.Sameness.of(topics, contents))
                .orElse(new Result.Sameness(true, "nobody wrote anything"));
    }

    private Path folder(String name) {
        return settings.folder().resolve(workload.name()).resolve(name);
    }
}
