package dev.firn.cli.audit;

import dev.firn.cli.Screen;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Says how far a recount is: in one line that changes where there is a terminal, else in a line every ten seconds. */
public final class RecountProgress {

    private static final long LIVE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Screen screen;
    private final LongSupplier nanoTime;
    private long nextLive;
    private long nextLine;

    public RecountProgress(Screen screen) {
        this(screen, System::nanoTime);
    }

    RecountProgress(Screen screen, LongSupplier nanoTime) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.nextLive = nanoTime.getAsLong();
        this.nextLine = nextLive + LINE_NANOS;
    }

    TableRecount.Progress of(TableName table, int number, int tables) {
        return (done, files) -> say(
                String.format("counting %s (table %,d of %,d): %,d of %,d files", table, number, tables, done, files));
    }

    private void say(String line) {
        long now = nanoTime.getAsLong();
        if (now - nextLine >= 0) {
            screen.progress(line);
            nextLine = now + LINE_NANOS;
        }
        if (now - nextLive >= 0) {
            screen.live(line);
            nextLive = now + LIVE_NANOS;
        }
    }
}
