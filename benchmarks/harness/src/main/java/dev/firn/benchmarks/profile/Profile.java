package dev.firn.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a process spends its time, from a recording of the JDK's flight recorder. The recorder looks at threads that run Java
 * and, less often, at those in native methods; never at the compiler's and the collector's. Of native methods it sees one
 * thread at a time, waiting ones among them, so what compresses takes more than is said here.
 */
public final class Profile {

    private final List<Sample> samples;

    Profile(List<Sample> samples) {
        this.samples = samples.stream().sorted(Comparator.comparing(Sample::at)).toList();
    }

    public static Profile read(Path recording) throws IOException {
        return new Profile(Recorded.samples(recording));
    }

    /**
     * Leaves out the start, while code is still compiled.
     *
     * @param share from 0 to 1, of the time between the first sample and the last
     */
    public Profile withoutFirst(double share) {
        if (samples.isEmpty()) {
            return this;
        }
        Instant start = samples.get(0).at();
        Duration all = Duration.between(start, samples.get(samples.size() - 1).at());
        Instant from = start.plusNanos(Math.round(all.toNanos() * share));
        return new Profile(
                samples.stream().filter(sample -> !sample.at().isBefore(from)).toList());
    }

    public long samples() {
        return samples.size();
    }

    /** The time that the samples stand for, over all threads. */
    public Duration sampled() {
        return samples.stream().map(Sample::stands).reduce(Duration.ZERO, Duration::plus);
    }

    /** The methods that were at work themselves, as {@code package.Class.method}, the most frequent first. */
    public List<Share> topFrames(int most) {
        return shares(Sample::top).stream().limit(most).toList();
    }

    /** Threads that have the same name but for numbers and what is in parentheses, the busiest first. */
    public List<Share> threads() {
        return shares(sample -> withoutNumber(sample.thread()));
    }

    /** What the time is spent on, in words that are the same for Firn and for others, the largest first. */
    public List<Share> buckets() {
        Map<String, Optional<Bucket>> known = new HashMap<>();
        return shares(sample -> sample.frames().stream()
                .flatMap(frame -> known.computeIfAbsent(frame, Bucket::of).stream())
                .findFirst()
                .orElse(Bucket.OTHER)
                .words());
    }

    /** All of it as text, in lines of 100 columns at most. */
    public List<String> table(int frames) {
        return new ProfileTable(this).lines(frames);
    }

    /** {@code Source: orders (2/4)#0} and {@code pool-1-thread-7} are one of several. */
    private static String withoutNumber(String thread) {
        String name = thread.replaceAll("\\(.*", "").replaceAll("[-# ]*\\d*$", "");
        return name.isEmpty() ? thread : name;
    }

    private List<Share> shares(Function<Sample, String> name) {
        Map<String, Tally> tallies = new HashMap<>();
        samples.forEach(sample -> tallies.merge(name.apply(sample), new Tally(1, sample.stands()), Tally::plus));
        double all = sampled().toNanos();
        return tallies.entrySet().stream()
                .map(tally -> new Share(
                        tally.getKey(),
                        tally.getValue().time().toNanos() / all,
                        tally.getValue().samples()))
                .sorted(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::name))
                .toList();
    }

    private record Tally(long samples, Duration time) {
        Tally plus(Tally other) {
            return new Tally(samples + other.samples, time.plus(other.time));
        }
    }
}
