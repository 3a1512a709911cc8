package dev.firn.schema;

import dev.firn.schema.testing.RandomPair.Difference;
import dev.firn.schema.testing.ResolutionTrial;
import java.util.Locale;

/** Many random pairs of schemas, our decoder against Avro's reader; prints what they were as rows of a Markdown table. */
public final class ResolutionEvidence {

    private static final int STEP = 50_000;

    private ResolutionEvidence() {}

    /** @param arguments how many pairs, and the first seed */
    public static void main(String... arguments) {
        int pairs = Integer.parseInt(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        ResolutionTrial trial = new ResolutionTrial();
        for (int pair = 0; pair < pairs; pair++) {
            trial.of(first + pair);
            if ((pair + 1) % STEP == 0) {
                System.err.printf(Locale.ROOT, "%,d of %,d pairs%n", pair + 1, pairs);
            }
        }
        row("pairs of schemas, from seed " + first, "%,d", trial.pairs());
        row("fields of a reader's record, on average", "%.1f", (double) trial.fields() / trial.pairs());
        for (Difference difference : Difference.values()) {
            row("pairs that differ: " + word(difference), "%.1f %%", 100 * trial.share(difference));
        }
        row("pairs that differ inside of an inner record, a list or a map", "%.1f %%", 100 * trial.nestedShare());
        row("rows that both made, equal in all of them", "%,d", trial.rows());
        row("records that both refused, for a null", "%,d", trial.refusedByBoth());
    }

    private static String word(Difference difference) {
        return difference.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void row(String what, String format, Object seen) {
        System.out.printf(Locale.ROOT, "| %s | " + format + " |%n", what, seen);
    }
}
