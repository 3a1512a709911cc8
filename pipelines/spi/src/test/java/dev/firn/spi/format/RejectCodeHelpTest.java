package dev.firn.spi.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.HelpPages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectCodeHelpTest {

    @ParameterizedTest
    @EnumSource(RejectCode.class)
    void everyCodeHasAHelpPageThatBeginsWithIt(RejectCode code) {
        assertThat(HelpPages.page(code.word()))
                .hasValueSatisfying(page -> assertThat(page).startsWith("# " + code.word() + "\n"));
    }
}
