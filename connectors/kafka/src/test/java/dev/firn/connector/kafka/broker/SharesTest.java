package dev.firn.connector.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static List<Long> shares(long records, long... lengths) {
        List<SplitRange> ranges = new ArrayList<>();
        for (long length : lengths) {
            ranges.add(new SplitRange(new Split("kafka", "orders", ranges.size(), "id"), 10, 10 + length));
        }
        Map<SplitRange, Long> shares = Shares.of(ranges, records);
        return ranges.stream().map(range -> shares.getOrDefault(range, 0L)).toList();
    }

    @Test
    void allGiveTheSameAndWhereOneHasFewerTheOthersMore() {
        assertThat(shares(9, 100, 100, 100)).containsExactly(3L, 3L, 3L);
        assertThat(shares(10, 100, 1, 0, 100)).satisfies(given -> {
            assertThat(given.stream().mapToLong(Long::longValue).sum()).isEqualTo(10);
            assertThat(given.get(1)).isEqualTo(1);
            assertThat(given.get(2)).isZero();
        });
        assertThat(shares(2, 100, 100, 100, 100)).containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void noMoreIsAskedForThanThereIs() {
        assertThat(shares(1_000, 2, 3)).containsExactly(2L, 3L);
        assertThat(shares(5)).isEmpty();
        assertThat(shares(5, 0)).containsExactly(0L);
    }
}
