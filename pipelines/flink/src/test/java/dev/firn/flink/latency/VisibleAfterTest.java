package dev.firn.flink.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VisibleAfterTest {

    /** All magnitudes alike, and their ends more often than chance would have them. */
    @Provide
    Arbitrary<List<Long>> values() {
        Arbitrary<Long> magnitudes = Arbitraries.integers().between(0, 62).flatMap(bits -> Arbitraries.longs()
                .between((1L << bits) - 1, (1L << bits) - 1 + (1L << bits)));
        return magnitudes
                .flatMap(value -> Arbitraries.of(value, -value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(300);
    }

    @Property(tries = 300)
    void percentilesAreThoseOfTheSortedValuesWithinTheErrorThatIsStated(@ForAll("values") List<Long> values) {
        Millis counted = new Millis();
        values.forEach(counted::add);

        VisibleAfter told = VisibleAfter.of(counted);

        List<Long> sorted = values.stream().sorted().toList();
        assertThat(told.rows()).isEqualTo(values.size());
        isClose(told.p50(), percentile(sorted, 50));
        isClose(told.p90(), percentile(sorted, 90));
        isClose(told.p99(), percentile(sorted, 99));
        isClose(told.max(), sorted.get(sorted.size() - 1));
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    private static void isClose(long told, long exact) {
        assertThat(Math.abs((double) told - exact)).isLessThanOrEqualTo(Math.abs((double) exact) * Millis.ERROR);
    }

    @Test
    void isExactUpToAnEighthOfASecond() {
        Millis counted = new Millis();
        List<Long> expected = new ArrayList<>();
        for (long value = -127; value <= 127; value++) {
            counted.add(value);
            expected.add(value);
        }
        List<Long> told = new ArrayList<>();
        counted.forEach((value, count) -> told.add(value));
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void aPercentileOfFewRowsIsARowThatIsThere() {
        Millis counted = new Millis();
        counted.add(10);
        counted.add(100, 2);
        assertThat(VisibleAfter.of(counted)).isEqualTo(new VisibleAfter(100, 100, 100, 100, 3));
        counted.add(7, 97);
        assertThat(VisibleAfter.of(counted)).isEqualTo(new VisibleAfter(7, 7, 100, 100, 100));
        counted.add(7, 200);
        assertThat(VisibleAfter.of(counted)).isEqualTo(new VisibleAfter(7, 7, 7, 100, 300));
    }

    @Test
    void countsMoreRowsThanAPercentageOfThemFitsInto() {
        Millis counted = new Millis();
        counted.add(1, Long.MAX_VALUE / 2);
        counted.add(2, Long.MAX_VALUE / 4);
        assertThat(VisibleAfter.of(counted).p50()).isEqualTo(1);
        assertThat(VisibleAfter.of(counted).p90()).isEqualTo(2);
    }

    @Test
    void saysThatNothingWasMeasured() {
        assertThat(VisibleAfter.of(new Millis())).isEqualTo(new VisibleAfter(-1, -1, -1, -1, 0));
    }
}
