package dev.firn.flink.count;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.progress;
import static dev.firn.flink.testing.Records.read;
import static dev.firn.flink.testing.Records.routed;
import static dev.firn.flink.testing.Records.wrote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.schema.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochFoldTest {

    private final EpochFold fold = new EpochFold(new SchemaNews(LedgerSchemas.NONE));

    private static StagedFiles files(TableName table, long records) {
        return new StagedFiles(table, "uuid", new byte[] {1}, 1, records, 10);
    }

    @Test
    void joinsWhatSubtasksCountedOverSeveralBarriers() {
        fold.add(read(progress(ORDERS_1, 5, 9)));
        fold.add(read(progress(ORDERS_0, 0, 3)));
        fold.add(wrote(List.of(routed(ORDERS_0, REFUNDS, 1), routed(ORDERS_0, ORDERS, 2)), List.of(files(REFUNDS, 1))));
        fold.add(read(progress(ORDERS_0, 3, 4)));
        fold.add(wrote(List.of(routed(ORDERS_0, ORDERS, 1)), List.of(files(ORDERS, 3))));

        Epoch epoch = fold.close(7, 2, "plan", 40).orElseThrow();

        assertThat(epoch.number()).isEqualTo(7);
        assertThat(epoch.run()).isEqualTo(2);
        assertThat(epoch.planHash()).isEqualTo("plan");
        assertThat(epoch.checkpoint()).isEqualTo(40);
        assertThat(epoch.progress())
                .containsExactly(new SplitProgress(ORDERS_0, 0, 4, 4), new SplitProgress(ORDERS_1, 5, 9, 4));
        assertThat(epoch.outcomes()).containsExactly(routed(ORDERS_0, ORDERS, 3), routed(ORDERS_0, REFUNDS, 1));
        assertThat(epoch.staged()).extracting(StagedFiles::table).containsExactly(ORDERS, REFUNDS);
    }

    @Test
    void keepsTheLastRecordThatIsKnownUnlessALaterOneIsNot() {
        LastRecord second = new LastRecord(2, 7);
        fold.add(read(new SplitProgress(ORDERS_0, 0, 2, 2, second)));
        fold.add(read(new SplitProgress(ORDERS_0, 2, 4, 0)));
        fold.add(read(new SplitProgress(ORDERS_1, 0, 2, 2, second)));
        fold.add(read(new SplitProgress(ORDERS_1, 2, 4, 1)));

        assertThat(fold.close(1, 1, "plan", 1).orElseThrow().progress())
                .containsExactly(
                        new SplitProgress(ORDERS_0, 0, 4, 2, second), new SplitProgress(ORDERS_1, 0, 4, 3, null));
    }

    @Test
    void startsAnewAtEveryBarrier() {
        fold.add(read(progress(ORDERS_0, 0, 3)));
        fold.add(wrote(List.of(routed(ORDERS_0, ORDERS, 3)), List.of(files(ORDERS, 3))));
        assertThat(fold.close(1, 1, "plan", 1)).isPresent();

        assertThat(fold.close(2, 1, "plan", 2)).isEmpty();

        fold.add(read(progress(ORDERS_0, 9, 10)));
        assertThat(fold.close(2, 1, "plan", 3).orElseThrow().progress()).containsExactly(progress(ORDERS_0, 9, 10));
    }

    @Test
    void leavesOutSplitsThatStandWhereTheyAreKnownToStand() {
        fold.add(read(progress(ORDERS_0, 4, 4)));
        fold.forget(line -> line.split().equals(ORDERS_0) && line.to() == 4);
        assertThat(fold.close(1, 1, "plan", 1)).isEmpty();

        fold.add(read(progress(ORDERS_0, 5, 5)));
        fold.forget(line -> false);
        assertThat(fold.close(1, 1, "plan", 2).orElseThrow().progress()).containsExactly(progress(ORDERS_0, 5, 5));
    }

    @Test
    void keepsSplitsThatMovedWhateverIsKnown() {
        fold.add(read(progress(ORDERS_0, 4, 4)));
        fold.add(read(progress(ORDERS_0, 4, 6)));
        fold.forget(line -> true);
        assertThat(fold.close(1, 1, "plan", 1).orElseThrow().progress()).containsExactly(progress(ORDERS_0, 4, 6));
    }

    @Test
    void refusesASplitThatWasReadOnFromElsewhere() {
        fold.add(read(progress(ORDERS_0, 0, 3)));
        assertThatThrownBy(() -> fold.add(read(progress(ORDERS_0, 4, 5))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("our bug: kafka/orders-0 was read up to 3, then from 4 on");
    }
}
