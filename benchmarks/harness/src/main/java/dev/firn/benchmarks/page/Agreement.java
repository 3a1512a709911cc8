package dev.firn.benchmarks.page;

import dev.firn.benchmarks.page.Run.Entry;
import dev.firn.benchmarks.page.Run.Measure;
import dev.firn.benchmarks.page.Run.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether two runs say the same: their ratios of CPU time, side by side. Ends with 1 where one of them differs by more than
 * a tenth.
 *
 * <pre>
 * Agreement ONE.json OTHER.json
 * </pre>
 */
public final class Agreement {

    private static final double TENTH = 0.1;
    private static final String RATIO = "firn-to-it";

    private Agreement() {}

    /** A ratio in two runs. */
    record Pair(String workload, String peer, Measure one, Measure other) {

        /** How far the other is from the one, as a share of it. */
        double difference() {
            return other.median() / one.median() - 1;
        }

        boolean agrees() {
            return Math.abs(difference()) <= TENTH;
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Pair> pairs = pairs(Run.read(Path.of(arguments[0])), Run.read(Path.of(arguments[1])));
        System.out.println("| workload | Firn to | one | other | difference |\n|---|---|---|---|---|");
        pairs.forEach(pair -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s%+.0f %% |%n",
                pair.workload(),
                pair.peer(),
                pair.one().text(2),
                pair.other().text(2),
                pair.agrees() ? "" : "**more than a tenth:** ",
                100 * pair.difference()));
        System.exit(pairs.stream().allMatch(Pair::agrees) ? 0 : 1);
    }

    /** The ratios that both runs have. */
    static List<Pair> pairs(Run one, Run other) {
        List<Pair> pairs = new ArrayList<>();
        for (Work work : one.workloads()) {
            for (Entry entry : work.entries()) {
                Optional<Measure> mine = entry.measure(RATIO);
                Optional<Measure> theirs = other.workload(work.name())
                        .flatMap(same -> same.entry(entry.word()))
                        .flatMap(same -> same.measure(RATIO));
                if (mine.isPresent() && theirs.isPresent()) {
                    pairs.add(new Pair(work.name(), entry.title(), mine.get(), theirs.get()));
                }
            }
        }
        return pairs;
    }
}
