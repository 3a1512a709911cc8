package dev.firn.definition.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "start-up,startup",
        "startpu,startup",
        "satrtup,startup",
        "strtp,startup",
        "tpye,type",
        "name,name",
        "namse,name"
    })
    void findsWhatWasMeant(String given, String meant) {
        assertThat(Suggestion.nearest(given, List.of("startup", "type", "name")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"begin", "stt", "x", "to", "nmea1"})
    void doesNotGuessWildly(String given) {
        assertThat(Suggestion.nearest(given, List.of("startup", "type", "name", "by")))
                .isEmpty();
    }

    @Test
    void listsInAlphabeticalOrder() {
        assertThat(Suggestion.oneOf(List.of("b", "a"))).isEqualTo("one of `a`, `b`");
        assertThat(Suggestion.oneOf(List.of("a"))).isEqualTo("`a`");
    }
}
