package dev.firn.cli.preview;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes rows of records while somebody waits: a registry that does not answer is not waited for as a job would. */
public record Decoding(PipelinePlan plan, LivePlanContext context, ReferenceResolver references, Duration limit) {

    /** Throws {@link OutsideException} if it takes too long. */
    public Previewed of(List<RawRecord> records) {
        Lake lake = context.lake()
                .orElseThrow(
                        () -> new IllegalStateException("our bug: a plan without faults was made without a catalog"));
        Preview.Tables tables = new Preview.Tables(lake, context::isDetached);
        CompletableFuture<Previewed> decoded = new CompletableFuture<>();
        Thread thread = new Thread(() -> decode(tables, records, decoded), "firn-preview");
        // What waits for a registry must not keep the process when the verb has answered.
        thread.setDaemon(true);
        thread.setContextClassLoader(Decoding.class.getClassLoader());
        thread.start();
        return awaited(decoded);
    }

    private void decode(Preview.Tables tables, List<RawRecord> records, CompletableFuture<Previewed> decoded) {
        try (Preview preview = Preview.open(plan, tables, references, Decoding.class.getClassLoader())) {
            records.forEach(preview::take);
            decoded.complete(preview.seen());
        } catch (Throwable thrown) {
            decoded.completeExceptionally(thrown);
        }
    }

    private Previewed awaited(CompletableFuture<Previewed> decoded) {
        try {
            return decoded.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OutsideException(
                    "the records' schemas were not to be had within " + limit.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("stopped while the records were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("our bug: records can't be decoded", e.getCause());
        }
    }
}
