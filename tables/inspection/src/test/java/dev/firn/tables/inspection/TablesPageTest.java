package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.inspection.HealthRule;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Mend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/tables.md} says the rules of health as the code has them. */
class TablesPageTest {

    private static final Path PAGE = Path.of("../../docs/tables.md");

    private static final DecimalFormat FIGURE =
            new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));

    @Test
    void hasEveryRuleOfHealth() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page.lines().filter(line -> line.matches("\\| `[a-z-]+` \\|.* \\d+ to \\d+ \\|.*")))
                .containsExactlyElementsOf(
                        Stream.of(HealthRule.values()).map(TablesPageTest::line).collect(Collectors.toList()));
        assertThat(page).contains("answers 1 below " + TableHealth.WELL + " points");
        assertThat(page).contains("With fewer than " + TableHealth.WELL + " it is not well.");
    }

    private static String line(HealthRule rule) {
        return "| `" + rule.word() + "` | " + rule.measure() + " | " + FIGURE.format(rule.from()) + " | "
                + FIGURE.format(rule.to()) + " | " + rule.least() + " to " + rule.most() + " | "
                + (rule.only().isEmpty() ? "always" : rule.only()) + " | "
                + rule.mend().map(TablesPageTest::command).orElse("") + "|";
    }

    private static String command(Mend mend) {
        return "`firn maintain " + mend.arguments() + "` ";
    }
}
