package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1500ms", "1s", "90s", "1m", "90m", "1h", "25h", "2d", "36500d"})
    void isSaidAsTheFileHasIt(String said) throws Exception {
        Duration span = Quantities.duration(said);

        assertThat(Spans.text(span)).isEqualTo(said);
    }
}
