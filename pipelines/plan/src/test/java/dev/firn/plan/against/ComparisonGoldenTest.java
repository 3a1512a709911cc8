package dev.firn.plan.against;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.plan.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The help page of each code shows two files; held against each other they give the page that was agreed. */
class ComparisonGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/against");

    @ParameterizedTest
    @EnumSource
    void printsThePageThatWasAgreed(AgainstCode code) {
        Golden.at(FOLDER.resolve(code.code() + ".txt")).isEqualTo(page(code));
    }

    @ParameterizedTest
    @EnumSource
    void findsTheCodeInTheExampleOfItsHelpPage(AgainstCode code) {
        assertThat(Example.of(code).comparison(code).differences())
                .extracting(Difference::code)
                .contains(code);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWhereNothingIsDifferent(AgainstCode code) {
        StoredPlan now = Example.of(code).comparison(code).now();
        assertThat(Comparison.of(now, now).differences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void fitsTheScreen(AgainstCode code) {
        assertThat(page(code).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @EnumSource
    void hasAHelpPageOfAScreen(AgainstCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        assertThat(page).startsWith("# " + code.code() + "\n\n");
        assertThat(page.lines().count()).isBetween(6L, 40L);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    private static String page(AgainstCode code) {
        return ComparisonText.write(Example.of(code).comparison(code), "shop.yaml", "deployed.json");
    }
}
