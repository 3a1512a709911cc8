package dev.firn.cli.preview;

import dev.firn.cli.TimeLimit;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.preview.Preview;
import dev.firn.flink.preview.Previewed;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;

/** Makes rows of records while somebody waits: a registry that does not answer is not waited for as a job would. */
public record Decoding(PipelinePlan plan, LivePlanContext context, ReferenceResolver references, Duration limit) {

    /** Throws {@link OutsideException} if it takes too long. */
    public Previewed of(List<RawRecord> records) {
        Lake lake = context.lake()
                .orElseThrow(
                        () -> new IllegalStateException("our bug: a plan without faults was made without a catalog"));
        Preview.Tables tables = new Preview.Tables(lake, context::isDetached);
        return new TimeLimit(limit, "the records' schemas were not to be had").on(() -> decoded(tables, records));
    }

    private Previewed decoded(Preview.Tables tables, List<RawRecord> records) {
        try (Preview preview = Preview.open(plan, tables, references, Decoding.class.getClassLoader())) {
            records.forEach(preview::take);
            return preview.seen();
        }
    }
}
