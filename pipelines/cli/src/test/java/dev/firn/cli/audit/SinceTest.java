package dev.firn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {

    @Test
    void isAnEpochOrATime() {
        assertThat(Since.parse("2880")).contains(new Since.Epoch(2880));
        assertThat(Since.parse("90m")).contains(new Since.Ago(Duration.ofMinutes(90)));
        assertThat(Since.parse("2d")).contains(new Since.Ago(Duration.ofDays(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-1", "2 d", "1.5h", "99999999999999999999", "9223372036854775807d"})
    void isNothingElse(String word) {
        assertThat(Since.parse(word)).isEmpty();
    }
}
