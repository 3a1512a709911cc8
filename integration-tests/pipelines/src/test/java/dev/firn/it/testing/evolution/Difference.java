package dev.firn.it.testing.evolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What some rows lack of others, and have too many; a few of each, for there may be thousands.
 *
 * @param missing how many, and the first of them
 */
record Difference(String missing, String surplus) {

    static final Difference NONE = new Difference("0: []", "0: []");

    private static final int SHOWN = 5;

    static Difference of(List<String> rows, List<String> expected) {
        return new Difference(without(expected, rows), without(rows, expected));
    }

    private static String without(List<String> rows, List<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(row -> left.merge(row, 1, Integer::sum));
        List<String> more = new ArrayList<>();
        for (String row : rows) {
            if (left.merge(row, -1, Integer::sum) < 0) {
                more.add(row);
            }
        }
        return more.size() + ": " + more.subList(0, Math.min(SHOWN, more.size()));
    }
}
