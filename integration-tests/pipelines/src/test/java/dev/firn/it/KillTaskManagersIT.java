package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Icebird;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.cluster.KillPlan;
import dev.firn.it.testing.cluster.KilledPipeline;
import dev.firn.it.testing.cluster.OffsetLoad;
import dev.firn.it.testing.cluster.StandingRecords;
import dev.firn.it.testing.windows.Window;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.SplitProgress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TaskManagers that die, again and again, just where it would hurt, while records keep coming. */
@Tag("heavy")
class KillTaskManagersIT {

    private static final KillPlan PLAN = KillPlan.ofThisProcess();

    @Test
    void everyRecordIsThereOnceAfterKillsInEveryWindow() throws Exception {
        try (KilledPipeline pipeline = new KilledPipeline(PLAN)) {
            pipeline.run();

            assertThat(pipeline.checkpoints()).hasSize(PLAN.kills()).doesNotHaveDuplicates();
            if (PLAN.kills() >= 10) {
                assertThat(pipeline.committersIn(Window.CONFIRMED)).isGreaterThanOrEqualTo(2);
                assertThat(pipeline.committersIn(Window.WRITTEN_AHEAD, Window.HALF_COMMITTED))
                        .isGreaterThanOrEqualTo(2);
                assertThat(pipeline.committersIn(Window.COMMITTED)).isGreaterThanOrEqualTo(2);
            }
            try (StandingRecords records = read(pipeline)) {
                assertThat(records.partitions()).as(records::faults).isEqualTo(whole(pipeline));
                assertThat(records.spoilt()).isZero();
                assertLedgerAgrees(pipeline, records);
                Files.writeString(Stack.folder().resolveSibling("kills.md"), pipeline.report() + found(records));
            }
        }
    }

    private static StandingRecords read(KilledPipeline pipeline) throws Exception {
        Icebird icebird = Icebird.installed();
        List<StandingRecords.Files> tables = new ArrayList<>();
        for (String topic : pipeline.topics()) {
            tables.add(new StandingRecords.Files(topic, icebird.dataFiles(pipeline.metadata(topic))));
        }
        return new StandingRecords(
                Stack.folder().resolve("duckdb"),
                tables,
                icebird.dataFiles(pipeline.metadata(KilledPipeline.QUARANTINE)));
    }

    private static List<StandingRecords.Partition> whole(KilledPipeline pipeline) {
        return pipeline.topics().stream()
                .sorted()
                .flatMap(topic -> IntStream.range(0, OffsetLoad.PARTITIONS)
                        .mapToObj(partition -> StandingRecords.Partition.whole(
                                topic, partition, pipeline.ends(topic).get(partition))))
                .toList();
    }

    private static void assertLedgerAgrees(KilledPipeline pipeline, StandingRecords records) throws Exception {
        List<Epoch> epochs = pipeline.epochs();
        assertThat(epochs.stream().map(Epoch::number))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, epochs.size()).boxed().toList());
        for (String topic : pipeline.topics()) {
            assertThat(outcomes(epochs, topic, Outcome.ROUTED))
                    .as("routed of " + topic)
                    .isEqualTo(records.delivered(topic));
            assertThat(outcomes(epochs, topic, Outcome.QUARANTINED))
                    .as("quarantined of " + topic)
                    .isEqualTo(records.quarantined(topic))
                    .isPositive();
            assertThat(epochs.stream()
                            .flatMap(epoch -> epoch.progress().stream())
                            .filter(progress -> progress.split().stream().equals(topic))
                            .mapToLong(SplitProgress::read)
                            .sum())
                    .as("read of " + topic)
                    .isEqualTo(pipeline.ends(topic).stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    private static String found(StandingRecords records) throws Exception {
        return String.format(
                Locale.ROOT,
                "icebird and DuckDB found %,d rows in the tables and %,d in the quarantine: every offset of every"
                        + " partition once, with its content. The ledger says the same.%n",
                records.delivered(),
                records.quarantined());
    }

    private static long outcomes(List<Epoch> epochs, String topic, Outcome outcome) {
        return epochs.stream()
                .flatMap(epoch -> epoch.outcomes().stream())
                .filter(count ->
                        count.outcome() == outcome && count.split().stream().equals(topic))
                .mapToLong(count -> count.records())
                .sum();
    }
}
