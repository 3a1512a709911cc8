package dev.firn.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firn.benchmarks.chart.Axis.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void beginsAtZeroAndEndsAtARoundNumberWhereItIsLinear() {
        assertThat(Axis.over(Scale.LINEAR, List.of(2.1, 0.3)).ticks()).containsExactly(0.0, 0.5, 1.0, 1.5, 2.0, 2.5);
        assertThat(Axis.over(Scale.LINEAR, List.of(88.6)).ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(Axis.over(Scale.LINEAR, List.of(88.6)).high()).isEqualTo(100);
        assertThat(Axis.over(Scale.LINEAR, List.of(88.6)).position(25)).isEqualTo(0.25);
    }

    @Test
    void goesByMultiplesWhereItIsLogarithmic() {
        Axis axis = Axis.over(Scale.LOGARITHMIC, List.of(9.5, 144.0));

        assertThat(axis.ticks()).containsExactly(5.0, 10.0, 20.0, 50.0, 100.0, 200.0);
        assertThat(axis.position(5)).isZero();
        assertThat(axis.position(Math.sqrt(5.0 * 200))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void writesPowersOfTenOnlyWhereMoreWouldBeInTheWay() {
        assertThat(Axis.over(Scale.LOGARITHMIC, List.of(1.0, 9_000.0)).ticks())
                .containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
    }

    @Test
    void spansOneValueAndZeroes() {
        assertThat(Axis.over(Scale.LOGARITHMIC, List.of(10.0)).position(10)).isZero();
        assertThat(Axis.over(Scale.LINEAR, List.of(0.0)).position(0)).isZero();
    }

    @Test
    void refusesWhatItCannotSpan() {
        assertThatThrownBy(() -> Axis.over(Scale.LOGARITHMIC, List.of(0.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a LOGARITHMIC axis does not span [0.0, 1.0]");
        assertThatThrownBy(() -> Axis.over(Scale.LINEAR, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
