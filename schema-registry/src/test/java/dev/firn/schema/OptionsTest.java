package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.OptionConformance;
import dev.firn.definition.diagnostic.HelpPages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {

    @Test
    void keepTheRulesOfTheGrammar() {
        assertThat(OptionConformance.violations(FormatOptions.class)).isEmpty();
        assertThat(OptionConformance.violations(RegistryOptions.class)).isEmpty();
        assertThat(OptionConformance.violations(TlsOptions.class)).isEmpty();
        assertThat(OptionConformance.violations(OutageOptions.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void haveAHelpPageForEveryCode(SchemaCode code) {
        String page = HelpPages.page(code.code()).orElse("");

        assertThat(page).startsWith("# " + code.code() + "\n").contains("## Wrong", "## Right");
        assertThat(page.lines().count()).isBetween(10L, 40L);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }
}
