package dev.firn.cli.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Two lists side by side, as many of their items together as can be without changing an order: the longest common subsequence, found in time
 * and space of the product of their lengths.
 */
final class Pairing {

    private Pairing() {}

    /** An item of each list, or of one of them and nothing beside it. */
    record Pair<E, G>(@Nullable E expected, @Nullable G got) {}

    static <E, G> List<Pair<E, G>> of(List<E> expected, List<G> got, BiPredicate<E, G> fits) {
        int[][] longest = new int[expected.size() + 1][got.size() + 1];
        for (int left = expected.size() - 1; left >= 0; left--) {
            for (int right = got.size() - 1; right >= 0; right--) {
                longest[left][right] = fits.test(expected.get(left), got.get(right))
                        ? 1 + longest[left + 1][right + 1]
                        : Math.max(longest[left + 1][right], longest[left][right + 1]);
            }
        }
        List<Pair<E, G>> pairs = new ArrayList<>();
        int left = 0;
        int right = 0;
        while (left < expected.size() || right < got.size()) {
            if (left < expected.size() && right < got.size() && fits.test(expected.get(left), got.get(right))) {
                pairs.add(new Pair<>(expected.get(left++), got.get(right++)));
            } else if (right == got.size()
                    || (left < expected.size() && longest[left + 1][right] >= longest[left][right + 1])) {
                pairs.add(new Pair<>(expected.get(left++), null));
            } else {
                pairs.add(new Pair<>(null, got.get(right++)));
            }
        }
        return pairs;
    }
}
