package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityMendTest {

    private static final Set<String> TIMES = Set.of("ms", "s", "m", "h", "d");
    private static final Set<String> SIZES = Set.of("KiB", "MiB", "GiB");

    @ParameterizedTest
    @CsvSource({
        "30 sec,30s",
        "1 minute,1m",
        "90 s,90s",
        "1d12h,36h",
        "1h 30m,90m",
        "1.5h,90m",
        "0.25 s,250ms",
        "2 weeks,14d",
        "PT1M,1m",
        "P1D,1d",
        "12:00:00,12h",
        "00:00:05,5s"
    })
    void writesTimesAsFirnDoes(String given, String right) {
        assertThat(QuantityMend.of(given, TIMES)).contains(right);
    }

    @ParameterizedTest
    @CsvSource({"10 MB,10MiB", "512m,512MiB", "1.5 GB,1536MiB", "2T,2048GiB", "64 kb,64KiB"})
    void writesSizesAsFirnDoes(String given, String right) {
        assertThat(QuantityMend.of(given, SIZES)).contains(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "12:30", "1y", "-5s", "0s", "P", "", "10 MB", "1h and more"})
    void leavesAloneWhatNobodyCanTell(String given) {
        assertThat(QuantityMend.of(given, TIMES)).isEmpty();
    }

    @Test
    void asksForTheUnitOfANumber() {
        assertThat(QuantityMend.withoutUnit("60", TIMES))
                .contains("say what is counted: `60s` for seconds, `60ms` for milliseconds");
        assertThat(QuantityMend.withoutUnit("1073741824", SIZES)).contains("write `1GiB` if these are bytes");
        assertThat(QuantityMend.withoutUnit("1000", SIZES)).isEmpty();
    }
}
