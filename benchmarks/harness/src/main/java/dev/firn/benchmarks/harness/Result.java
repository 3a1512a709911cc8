package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.lake.Contents;
import dev.firn.benchmarks.profile.Profile;
import dev.firn.benchmarks.workload.Workload;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came out of a workload.
 *
 * @param failed who did not do it, and why
 * @param profiles where the time went, where that was asked for
 * @param contents whether all who did it have written what the topics hold, in a sentence
 */
public record Result(
        Workload workload,
        Map<Contender, Figures> figures,
        Map<Contender, String> failed,
        Map<Contender, Profile> profiles,
        Sameness contents) {

    /** Whether all tables hold the rows that the topics hold. */
    public record Sameness(boolean same, String sentence) {

        /** @param found what is in each one's tables */
        static Sameness of(Contents topics, Map<Contender, Contents> found) {
            if (found.values().stream().allMatch(topics::equals)) {
                return new Sameness(
                        true,
                        String.format(
                                "all wrote the %,d rows that the topics hold, hash %016x",
                                topics.rows(), topics.hash()));
            }
            StringBuilder text = new StringBuilder("NOT THE SAME:").append(line("the topics", topics));
            found.forEach((contender, contents) -> text.append(line(contender.title(), contents)));
            return new Sameness(false, text.toString());
        }

        private static String line(String who, Contents contents) {
            return String.format(
                    "%n  %s: %,d rows, hash %016x, %s", who, contents.rows(), contents.hash(), contents.columns());
        }
    }

    public Result {
        figures = Collections.unmodifiableMap(copy(figures));
        failed = Collections.unmodifiableMap(copy(failed));
        profiles = Collections.unmodifiableMap(copy(profiles));
    }

    private static <V> Map<Contender, V> copy(Map<Contender, V> map) {
        Map<Contender, V> copy = new EnumMap<>(Contender.class);
        copy.putAll(map);
        return copy;
    }

    /** Whether it is worth anything: nobody failed who can do it, and all wrote the same. */
    public boolean isGood() {
        return failed.isEmpty() && contents.same();
    }
}
