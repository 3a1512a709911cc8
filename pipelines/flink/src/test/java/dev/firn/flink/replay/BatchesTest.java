package dev.firn.flink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.TableWriters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a row of the quarantine whose record has several tables. */
class BatchesTest {

    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-1");
    private static final RawRecord RECORD = new RawRecord(SPLIT, 7, 0, null, new byte[] {'1'}, List.of());
    private static final QuarantinedRow UNROUTED = new QuarantinedRow(
            Instant.EPOCH,
            "shop",
            1,
            RECORD,
            Optional.empty(),
            "unrouted",
            Optional.empty(),
            "no route",
            Optional.empty());
    private static final TableName ORDERS = new TableName("sales.orders");
    private static final TableName COPIES = new TableName("sales.copies");
    private static final TableName FILTERED = new TableName("sales.filtered");

    private final FormatReader format = new FakeFormat(FakeLake.create().name()).open(reference -> reference);
    private final Written written = new Written();
    private final Batches batches = new Batches(written);
    private final Replayed.Tally tally = new Replayed.Tally();
    private final List<QuarantinedRow> putBack = new ArrayList<>();

    /** Takes what is for the first table, refuses what is for the second, and leaves out what is for the third. */
    private static final class Written implements TableWriters {
        private final List<QuarantinedRecord> quarantined = new ArrayList<>();
        private final List<QuarantinedRow> replayed = new ArrayList<>();

        @Override
        public List<Optional<NoRow>> write(TableName table, FormatReader format, int schemaId, List<RawRecord> batch) {
            if (table.equals(FILTERED)) {
                return Collections.nCopies(batch.size(), Optional.of(LeftOut.FILTERED));
            }
            return batch.stream()
                    .map(record -> Optional.<NoRow>of(new Rejected(RejectCode.INVALID_VALUE, "bad"))
                            .filter(bad -> table.equals(COPIES)))
                    .toList();
        }

        @Override
        public List<Optional<NoRow>> delete(TableName table, FormatReader keys, List<RawRecord> batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int deletedKey(TableName table, FormatReader keys, RawRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean gathersPartitions(TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int partition(TableName table, FormatReader format, int schemaId, RawRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isKeyed(TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int key(TableName table, FormatReader format, int schemaId, RawRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<TableName, Map<Split, Long>> drainSuperseded() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long bytesThatMayWait() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void complete(TableName table) {}

        @Override
        public void quarantine(List<QuarantinedRecord> records) {
            quarantined.addAll(records);
        }

        @Override
        public void replayed(List<QuarantinedRow> rows) {
            replayed.addAll(rows);
        }

        @Override
        public List<StagedFiles> stage() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private List<OutcomeCount> write(TableName... tables) {
        List<Copy> copies = new ArrayList<>();
        for (TableName table : tables) {
            copies.add(new Copy(table, format, 1, RECORD));
        }
        batches.add(UNROUTED, new Rerouted(copies, List.of()));
        return batches.write(tally, putBack::add);
    }

    @Test
    void aCopyThatIsRefusedGetsARowOfItsOwnAndCounts() {
        List<OutcomeCount> outcomes = write(ORDERS, COPIES);

        assertThat(outcomes).containsExactly(new OutcomeCount(SPLIT, Outcome.ROUTED, ORDERS.full(), "", 1));
        assertThat(written.quarantined)
                .containsExactly(
                        new QuarantinedRecord(RECORD, Optional.of(COPIES.full()), RejectCode.INVALID_VALUE, "bad"));
        assertThat(written.replayed).containsExactly(UNROUTED);
        assertThat(putBack).containsExactly(UNROUTED);
        Replayed sum = tally.sum();
        assertThat(sum.putBack()).isEqualTo(1);
        assertThat(sum.refused()).isEqualTo(1);
        assertThat(sum.examples())
                .singleElement()
                .extracting(QuarantinedRecord::message)
                .isEqualTo("bad");
    }

    @Test
    void aCopyThatTheFileLeavesOutIsMissedNowhere() {
        List<OutcomeCount> outcomes = write(ORDERS, FILTERED);

        assertThat(outcomes).containsExactly(new OutcomeCount(SPLIT, Outcome.ROUTED, ORDERS.full(), "", 1));
        assertThat(written.quarantined).isEmpty();
        assertThat(putBack).containsExactly(UNROUTED);
        assertThat(tally.sum().refused()).isZero();
    }

    @Test
    void whatTheFileLeavesOutEverywhereStaysAsItIs() {
        assertThat(write(FILTERED)).isEmpty();

        assertThat(written.quarantined).isEmpty();
        assertThat(written.replayed).isEmpty();
        assertThat(tally.sum().examples())
                .singleElement()
                .extracting(QuarantinedRecord::message)
                .isEqualTo("the file's `where` leaves it out by now");
    }

    @Test
    void whatIsRefusedByAllStaysAsItIs() {
        assertThat(write(COPIES)).isEmpty();

        assertThat(written.quarantined).isEmpty();
        assertThat(written.replayed).isEmpty();
        assertThat(putBack).isEmpty();
        assertThat(tally.sum().putBack()).isZero();
        assertThat(tally.sum().refused()).isEqualTo(1);
    }
}
