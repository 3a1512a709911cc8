package dev.firn.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Times in milliseconds that Flink and Iceberg log of themselves, whoever uses them. */
record LoggedTimes(Pattern line, ToDoubleFunction<MatchResult> time) {

    /** From the trigger of a checkpoint to its end. */
    static final LoggedTimes CHECKPOINTS = new LoggedTimes(
            Pattern.compile("Completed checkpoint .*checkpointDuration=(\\d+) ms"),
            match -> Double.parseDouble(match.group(1)));

    /** A commit to a table, from when it was begun. */
    static final LoggedTimes COMMITS = new LoggedTimes(
            Pattern.compile("CommitReport\\{.*?totalDuration=TimerResult\\{[^}]*totalDuration=(PT[^,}]+)"),
            match -> Duration.parse(match.group(1)).toNanos() / 1e6);

    List<Double> millis(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.flatMap(text -> line.matcher(text).results())
                    .map(time::applyAsDouble)
                    .toList();
        }
    }
}
