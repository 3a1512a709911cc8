package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final FormatReader FORMAT = new FakeFormat(FakeLake.create().name()).open(raw -> raw);
    private static final Batches.Key ORDERS_1 = Batches.Key.ofRows(FORMAT, ORDERS, 1);
    private static final Batches.Key ORDERS_2 = Batches.Key.ofRows(FORMAT, ORDERS, 2);
    private static final Batches.Key REFUNDS_1 = Batches.Key.ofRows(FORMAT, REFUNDS, 1);

    /** Whose records keep their order. */
    private static final TableName KEYED = new TableName("sales.customers");

    private static final Batches.Key KEYED_1 = Batches.Key.ofRows(FORMAT, KEYED, 1);
    private static final Batches.Key KEYED_2 = Batches.Key.ofRows(FORMAT, KEYED, 2);

    /** What a record takes besides its bytes. */
    private static final int OVERHEAD = 160;

    private final List<String> written = new ArrayList<>();
    private final Batches batches = new Batches(
            new Batches.Limits(4 * (OVERHEAD + 10), 3, 3 * (OVERHEAD + 10), 6 * (OVERHEAD + 10)),
            KEYED::equals,
            new Listed());

    private final class Listed implements Batches.Target {
        @Override
        public void write(Batches.Key key, List<RawRecord> batch) {
            List<Long> positions = batch.stream().map(RawRecord::position).toList();
            written.add(key.table() + " " + key.schemaId() + " " + positions);
        }

        @Override
        public void complete(TableName table) {
            written.add(table + " complete");
        }
    }

    private void add(Batches.Key key, long position, int bytes) {
        batches.add(key, record(ORDERS_0, position, "x".repeat(bytes)));
    }

    @Test
    void keepsWhatASmallTableGetsUntilTheBarrier() {
        for (int position = 0; position < 3; position++) {
            add(ORDERS_1, position, 10);
            add(REFUNDS_1, position, position == 2 ? 9 : 10);
        }
        assertThat(written).as("six records, one byte below what may wait").isEmpty();

        batches.flush();

        assertThat(written)
                .containsExactly(
                        "sales.orders 1 [0, 1, 2]",
                        "sales.orders complete",
                        "sales.refunds 1 [0, 1, 2]",
                        "sales.refunds complete");
    }

    @Test
    void handsOverATableThatIsSmallNoMoreAndThenItsBatches() {
        for (int position = 0; position < 4; position++) {
            add(ORDERS_1, position, 10);
        }
        assertThat(written).containsExactly("sales.orders 1 [0, 1, 2, 3]");
        add(ORDERS_1, 4, 1);
        add(ORDERS_1, 5, 1);
        assertThat(written).hasSize(1);
        add(ORDERS_1, 6, 1);
        assertThat(written).last().isEqualTo("sales.orders 1 [4, 5, 6]");
        add(ORDERS_1, 7, 100);
        add(ORDERS_1, 8, 100);
        assertThat(written)
                .as("large batches end before they have many records")
                .last()
                .isEqualTo("sales.orders 1 [7, 8]");
    }

    @Test
    void keepsTheOrderOfASplitsRecordsOfSeveralSchemasWhereATableNeedsIt() {
        add(KEYED_1, 1, 1);
        add(KEYED_1, 2, 1);
        add(KEYED_2, 3, 1);
        add(KEYED_1, 4, 1);

        assertThat(written).containsExactly("sales.customers 1 [1, 2]", "sales.customers 2 [3]");
    }

    /** Else the row would come back, or the delete be lost on it. */
    @Test
    void handsOverARowAndItsEndInTheOrderInWhichTheyCame() {
        Batches.Key deletes = Batches.Key.ofDeletes(FORMAT, KEYED);
        add(KEYED_1, 1, 1);
        add(deletes, 2, 1);
        add(KEYED_1, 3, 1);
        batches.flush();

        assertThat(written)
                .containsExactly(
                        "sales.customers 1 [1]",
                        "sales.customers -1 [2]",
                        "sales.customers 1 [3]",
                        "sales.customers complete");
    }

    @Test
    void letsRecordsOfOtherSplitsWait() {
        add(KEYED_1, 1, 1);
        batches.add(KEYED_2, record(Records.ORDERS_1, 7, "x"));

        assertThat(written).isEmpty();
    }

    @Test
    void takesATableForSmallAgainAfterTheBarrier() {
        for (int position = 0; position < 4; position++) {
            add(ORDERS_1, position, 10);
        }
        batches.flush();
        written.clear();

        for (int position = 4; position < 7; position++) {
            add(ORDERS_1, position, 1);
        }

        assertThat(written).isEmpty();
    }

    @Test
    void completesATableOnceAfterTheBatchesOfAllItsSchemas() {
        add(ORDERS_1, 0, 1);
        add(REFUNDS_1, 0, 1);
        add(ORDERS_2, 1, 1);

        batches.flush();

        assertThat(written)
                .containsExactly(
                        "sales.orders 1 [0]",
                        "sales.orders 2 [1]",
                        "sales.orders complete",
                        "sales.refunds 1 [0]",
                        "sales.refunds complete");
    }

    @Test
    void countsKeysToo() {
        batches.add(
                ORDERS_1,
                new RawRecord(
                        ORDERS_0, 0, RawRecord.NO_TIMESTAMP, new byte[3 * OVERHEAD + 39], new byte[1], List.of()));
        assertThat(written).hasSize(1);
    }

    @Test
    void handsOverTheLargestWhereAllThatWaitsIsTooMuch() {
        add(ORDERS_1, 0, 10);
        for (int position = 1; position < 4; position++) {
            add(REFUNDS_1, position, 10);
        }
        add(ORDERS_2, 4, 10);
        assertThat(written).isEmpty();

        add(ORDERS_2, 5, 10);

        assertThat(written).containsExactly("sales.refunds 1 [1, 2, 3]");
        batches.flush();
        assertThat(written)
                .containsExactly(
                        "sales.refunds 1 [1, 2, 3]",
                        "sales.orders 1 [0]",
                        "sales.orders 2 [4, 5]",
                        "sales.orders complete",
                        "sales.refunds complete");
    }

    @Test
    void handsOverNothingTwice() {
        add(ORDERS_1, 0, 1);
        batches.flush();
        batches.flush();
        assertThat(written).containsExactly("sales.orders 1 [0]", "sales.orders complete");
    }
}
