package dev.firn.spi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.HelpPages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopCodeHelpTest {

    @ParameterizedTest
    @EnumSource(StopCode.class)
    void everyCodeHasAHelpPageThatBeginsWithIt(StopCode code) {
        assertThat(HelpPages.page(code.word())).hasValueSatisfying(page -> {
            assertThat(page).startsWith("# " + code.word() + "\n");
            assertThat(page.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        });
    }
}
