package dev.firn.definition.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words for what would have been right. */
public final class Suggestion {

    private Suggestion() {}

    /** Every allowed word in alphabetical order: {@code one of `a`, `b`}. */
    public static String oneOf(Collection<String> allowed) {
        String list = allowed.stream().sorted().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        return allowed.size() == 1 ? list : "one of " + list;
    }

    /**
     * The word that was probably meant: within two typing mistakes, one for short words. Case and separators are no
     * typing mistakes: {@code partitionBy} and {@code PARTITION_BY} are {@code partition-by}.
     */
    public static Optional<String> nearest(String given, Collection<String> allowed) {
        String letters = letters(given);
        int mistakes = letters.length() < 3 ? 0 : letters.length() < 5 ? 1 : 2;
        return allowed.stream()
                .filter(word -> distance(letters, letters(word)) <= mistakes)
                .min(Comparator.<String>comparingInt(word -> distance(letters, letters(word)))
                        .thenComparing(word -> word));
    }

    /** Whether two words differ in case and separators at most. */
    public static boolean isSame(String one, String other) {
        return letters(one).equals(letters(other));
    }

    private static String letters(String text) {
        return text.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int replace = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j - 1] + replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
