package dev.firn.connector.kafka.broker;

import dev.firn.spi.source.SplitRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many records of a sample each partition gives: all the same, and where one has fewer the others more. */
final class Shares {

    private Shares() {}

    static Map<SplitRange, Long> of(List<SplitRange> ranges, long records) {
        Map<SplitRange, Long> shares = new HashMap<>();
        long left = records;
        boolean given = true;
        while (left > 0 && given) {
            given = false;
            long open = ranges.stream().filter(range -> room(range, shares) > 0).count();
            long each = Math.max(1, left / Math.max(1, open));
            for (SplitRange range : ranges) {
                long share = Math.min(Math.min(each, room(range, shares)), left);
                if (share > 0) {
                    shares.merge(range, share, Long::sum);
                    left -= share;
                    given = true;
                }
            }
        }
        return shares;
    }

    private static long room(SplitRange range, Map<SplitRange, Long> shares) {
        return range.length() - shares.getOrDefault(range, 0L);
    }
}
