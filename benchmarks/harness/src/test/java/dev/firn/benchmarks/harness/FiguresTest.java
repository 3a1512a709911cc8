package dev.firn.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.lake.TableFiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    /** Nanoseconds of CPU of each process, warm; the cold repetition takes ten times as much. */
    static Figures of(long records, long... warm) {
        List<Measured> rounds = Arrays.stream(warm)
                .mapToObj(nanos -> new Measured(
                        List.of(
                                new Measured.Repetition(nanos * 10, nanos * 10, 0),
                                new Measured.Repetition(nanos, nanos / 2, 0)),
                        2_000_000_000,
                        List.of(12.0),
                        List.of()))
                .toList();
        return new Figures(records, rounds, new TableFiles(2, 59_000_000, records));
    }

    @Test
    void saysTheMiddleOfTheLastRepetitionsAndHowFarTheyLieApart() {
        Figures figures = of(1_000, 3_000_000, 1_000_000, 2_000_000);

        assertThat(figures.warm().text(2)).isEqualTo("2.00 (1.00–3.00)");
        assertThat(figures.cold().text(1)).isEqualTo("20.0 (10.0–30.0)");
        assertThat(figures.perSecond().median()).isEqualTo(1_000_000);
    }

    @Test
    void comparesRoundByRound() {
        Figures firn = of(1_000, 1_000_000, 4_000_000);
        Figures other = of(1_000, 2_000_000, 5_000_000);

        assertThat(firn.warmRatioTo(other).text(2)).isEqualTo("0.65 (0.50–0.80)");
    }

    @Test
    void hasNoFigureWhereNothingWasMeasured() {
        assertThat(of(1_000, 1).commits().text(2)).isEqualTo("-");
    }
}
