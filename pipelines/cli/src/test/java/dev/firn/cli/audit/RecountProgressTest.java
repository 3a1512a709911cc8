package dev.firn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.Screen;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecountProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now = -5;

    @Test
    void saysALineEveryTenSecondsAndNothingOfWhatIsShorter() {
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        TableRecount.Progress progress = new RecountProgress(screen, () -> now).of(new TableName("shop.orders"), 1, 2);

        progress.counted(10, 12_000);
        now += Duration.ofSeconds(9).toNanos();
        progress.counted(900, 12_000);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();

        now += Duration.ofSeconds(1).toNanos();
        progress.counted(1_000, 12_000);
        progress.counted(1_001, 12_000);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("counting shop.orders (table 1 of 2): 1,000 of 12,000 files\n");
        assertThat(out.size()).isZero();
    }
}
