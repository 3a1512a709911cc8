package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
