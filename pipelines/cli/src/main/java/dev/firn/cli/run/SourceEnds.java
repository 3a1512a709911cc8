package dev.firn.cli.run;

import dev.firn.definition.SourceDefinition;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the sources end, asked again every few seconds. */
final class SourceEnds implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private final PlannedPipeline pipeline;
    private final NewStreams streams;
    private final Asked<List<SplitRange>> asked = new Asked<>("source-ends", BETWEEN, this::now);

    SourceEnds(PlannedPipeline pipeline) {
        this.pipeline = pipeline;
        this.streams = new NewStreams(pipeline.plan());
    }

    /** Asks now; throws {@link OutsideException} where there is no answer. */
    List<SplitRange> now() {
        List<SplitRange> ranges = new ArrayList<>();
        for (SourceDefinition source : pipeline.definition().sources()) {
            try (SourceInspector inspector =
                    pipeline.connectors().source(source.type()).inspect(source, pipeline.references())) {
                ranges.addAll(streams.planned(inspector.ranges(), inspector::isOfAStream));
            }
        }
        return ranges;
    }

    /** What there is to say of streams that came since the last time. */
    List<String> newStreams() {
        return streams.sentences();
    }

    void keepAsking() {
        asked.keepAsking();
    }

    /** The last answer, if there was one. */
    Optional<List<SplitRange>> newest() {
        return asked.newest();
    }

    /** Why there is no answer now, if there is none. */
    Optional<String> complaint() {
        return asked.complaint();
    }

    @Override
    public void close() throws InterruptedException {
        asked.close();
    }
}
