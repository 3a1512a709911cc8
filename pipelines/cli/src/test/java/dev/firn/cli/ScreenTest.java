package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {

    @Test
    void writesOverTheLiveLineOnATerminal() {
        assertThat(written(Map.of("FIRN_TERMINAL", "1"))).isEqualTo("\r12 rows\r7 rows \r      \rdone\n");
    }

    @Test
    void hasNoLiveLineWithoutATerminal() {
        assertThat(written(Map.of())).isEqualTo("done\n");
        assertThat(written(Map.of("FIRN_TERMINAL", "0"))).isEqualTo("done\n");
    }

    @Test
    void hasNoLiveLineWhereTheUserWantsNone() {
        assertThat(written(Map.of("FIRN_TERMINAL", "1", "NO_COLOR", "1"))).isEqualTo("done\n");
        assertThat(written(Map.of("FIRN_TERMINAL", "1", "TERM", "dumb"))).isEqualTo("done\n");
    }

    @Test
    void asksOnlyWhereSomebodyCanAnswer() {
        assertThat(asked(Map.of("FIRN_ASKS", "1"), " yes \n")).contains("yes");
        assertThat(asked(Map.of("FIRN_ASKS", "1"), ""))
                .as("the end of the input is no answer")
                .contains("");
        assertThat(asked(Map.of("FIRN_ASKS", "0"), "yes\n")).isEmpty();
        assertThat(asked(Map.of(), "yes\n")).isEmpty();
    }

    private static Optional<String> asked(Map<String, String> environment, String input) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Screen(
                        nowhere, nowhere, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), environment)
                .ask("Is it?");
    }

    private static String written(Map<String, String> environment) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        screen.live("12 rows");
        screen.live("7 rows");
        screen.progress("done");
        return err.toString(StandardCharsets.UTF_8);
    }
}
