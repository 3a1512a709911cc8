package dev.firn.flink;

import dev.firn.plan.SourcePlan;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.flink.SourceTranslator.PlannedSource;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.source.StartPositions;
import java.util.ServiceLoader;

/** The formats of a plan's sources, for whoever reads a few records or schemas of them outside of any run. */
public final class PlannedFormats {

    private static final long NO_RUN = 0;

    private PlannedFormats() {}

    /** @param loader finds the translators of sources */
    public static RecordFormat of(String pipeline, SourcePlan source, ClassLoader loader) {
        for (SourceTranslator translator : ServiceLoader.load(SourceTranslator.class, loader)) {
            if (translator.type().equals(source.type())) {
                return translator.format(new PlannedSource(
                        pipeline,
                        NO_RUN,
                        source.name(),
                        source.options(),
                        source.streams(),
                        source.schemas(),
                        StartPositions.none()));
            }
        }
        throw new IllegalStateException("our bug: no translator for the source type " + source.type());
    }
}
