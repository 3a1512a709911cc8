package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    @ParameterizedTest
    @CsvSource({"20%,2000,20%", "0.5%,50,0.5%", "0.05%,5,0.05%", "100%,10000,100%", "7.50%,750,7.5%", "0%,0,0%"})
    void readsAShareAndSpellsItShortly(String text, int basisPoints, String spelled) throws Refusal {
        Share share = Quantities.share(text);
        assertThat(share.basisPoints()).isEqualTo(basisPoints);
        assertThat(share).hasToString(spelled);
    }
}
