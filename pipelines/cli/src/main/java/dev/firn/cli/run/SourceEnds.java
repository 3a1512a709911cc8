package dev.firn.cli.run;

import dev.firn.definition.SourceDefinition;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where the sources end, asked again every few seconds. A source that is gone takes its time not to answer, so the asking
 * has a thread of its own.
 */
final class SourceEnds implements AutoCloseable {

    private static final long SECONDS_BETWEEN = 3;

    private final PlannedPipeline pipeline;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread asking = new Thread(task, "firn-source-ends");
        asking.setDaemon(true);
        return asking;
    });
    private volatile Optional<List<SplitRange>> newest = Optional.empty();
    private volatile Optional<String> complaint = Optional.empty();

    SourceEnds(PlannedPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Asks now; throws {@link OutsideException} where there is no answer. */
    List<SplitRange> now() {
        List<SplitRange> ranges = new ArrayList<>();
        for (SourceDefinition source : pipeline.definition().sources()) {
            try (SourceInspector inspector =
                    pipeline.connectors().source(source.type()).inspect(source, pipeline.references())) {
                ranges.addAll(inspector.ranges());
            }
        }
        return ranges;
    }

    void keepAsking() {
        thread.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            newest = Optional.of(now());
            complaint = Optional.empty();
        } catch (OutsideException noAnswer) {
            complaint = Optional.of(String.valueOf(noAnswer.getMessage()));
        }
    }

    /** The last answer, if there was one. */
    Optional<List<SplitRange>> newest() {
        return newest;
    }

    /** Why there is no answer now, if there is none. */
    Optional<String> complaint() {
        return complaint;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
