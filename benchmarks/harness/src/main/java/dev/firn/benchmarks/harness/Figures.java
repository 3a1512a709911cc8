package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.lake.TableFiles;
import java.util.List;

/**
 * What a contender took for a workload, a process for each round.
 *
 * @param records how many records it read each time
 */
public record Figures(long records, List<Measured> rounds, TableFiles files) {

    public Figures {
        rounds = List.copyOf(rounds);
    }

    /** CPU microseconds per record, the last time in each process. */
    public Spread warm() {
        return Spread.of(rounds.stream().map(round -> micros(round.warm().cpuNanos())));
    }

    /** CPU microseconds per record, the first time in each process. */
    public Spread cold() {
        return Spread.of(rounds.stream().map(round -> micros(round.cold().cpuNanos())));
    }

    /** Records per second of wall time, the last time in each process. */
    public Spread perSecond() {
        return Spread.of(
                rounds.stream().map(round -> records * 1e9 / round.warm().wallNanos()));
    }

    /** Bytes of memory. */
    public Spread peak() {
        return Spread.of(rounds.stream().map(round -> (double) round.peakBytes()));
    }

    /** Milliseconds; empty where there were no checkpoints. */
    public Spread checkpoints() {
        return Spread.of(rounds.stream().flatMap(round -> round.checkpointMillis().stream()));
    }

    /** Milliseconds of a commit to one table. */
    public Spread commits() {
        return Spread.of(rounds.stream().flatMap(round -> round.commitMillis().stream()));
    }

    /** This one's CPU time for each of the other's, round by round. */
    public Spread warmRatioTo(Figures other) {
        return Spread.ratios(rounds, other.rounds, round -> round.warm().cpuNanos());
    }

    /** The same of the first time in each process. */
    public Spread coldRatioTo(Figures other) {
        return Spread.ratios(rounds, other.rounds, round -> round.cold().cpuNanos());
    }

    private double micros(long nanos) {
        return nanos / 1e3 / records;
    }
}
