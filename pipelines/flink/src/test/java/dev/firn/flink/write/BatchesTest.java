package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final Batches.Key ORDERS_1 = new Batches.Key("kafka", ORDERS, 1);
    private static final Batches.Key ORDERS_2 = new Batches.Key("kafka", ORDERS, 2);
    private static final Batches.Key REFUNDS_1 = new Batches.Key("kafka", REFUNDS, 1);

    private final List<String> written = new ArrayList<>();
    private final Batches batches = new Batches(new Batches.Limits(3, 100, 150), this::write);

    private void write(Batches.Key key, List<RawRecord> batch) {
        List<Long> positions = batch.stream().map(RawRecord::position).toList();
        written.add(key.table() + " " + key.schemaId() + " " + positions);
    }

    private void add(Batches.Key key, long position, int bytes) {
        batches.add(key, record(ORDERS_0, position, "x".repeat(bytes)));
    }

    @Test
    void handsOverABatchThatHasEnoughRecords() {
        add(ORDERS_1, 0, 1);
        add(ORDERS_2, 1, 1);
        add(ORDERS_1, 2, 1);
        assertThat(written).isEmpty();
        add(ORDERS_1, 3, 1);
        assertThat(written).containsExactly("sales.orders 1 [0, 2, 3]");

        add(ORDERS_1, 4, 1);
        batches.flush();
        assertThat(written).containsExactly("sales.orders 1 [0, 2, 3]", "sales.orders 1 [4]", "sales.orders 2 [1]");
    }

    @Test
    void handsOverABatchThatHasEnoughBytes() {
        add(ORDERS_1, 0, 99);
        add(ORDERS_1, 1, 1);
        assertThat(written).containsExactly("sales.orders 1 [0, 1]");
        add(ORDERS_1, 2, 99);
        assertThat(written).hasSize(1);
    }

    @Test
    void countsKeysToo() {
        batches.add(ORDERS_1, new RawRecord(ORDERS_0, 0, RawRecord.NO_TIMESTAMP, new byte[99], new byte[1], List.of()));
        assertThat(written).hasSize(1);
    }

    @Test
    void handsOverEverythingWhereAllBatchesTogetherAreLarge() {
        add(ORDERS_1, 0, 60);
        add(ORDERS_2, 1, 60);
        add(REFUNDS_1, 2, 30);
        assertThat(written).containsExactly("sales.orders 1 [0]", "sales.orders 2 [1]", "sales.refunds 1 [2]");

        add(ORDERS_1, 3, 60);
        add(ORDERS_2, 4, 60);
        assertThat(written).hasSize(3);
    }

    @Test
    void handsOverNothingTwice() {
        add(ORDERS_1, 0, 1);
        batches.flush();
        batches.flush();
        assertThat(written).containsExactly("sales.orders 1 [0]");
    }
}
