package dev.firn.flink.testing;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/** Values that many tests begin with. */
public final class Records {

    public static final TableName ORDERS = new TableName("sales.orders");
    public static final TableName REFUNDS = new TableName("sales.refunds");

    public static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-a");
    public static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-a");
    public static final Split REFUNDS_0 = new Split("kafka", "refunds", 0, "topic-b");

    private Records() {}

    public static RawRecord record(Split split, long position, String value) {
        return new RawRecord(
                split, position, RawRecord.NO_TIMESTAMP, null, value.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static RawRecord recordAt(long timestamp, Split split, long position, String value) {
        return new RawRecord(split, position, timestamp, null, value.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static SplitProgress progress(Split split, long from, long to) {
        return new SplitProgress(split, from, to, to - from);
    }

    public static LedgerEntry read(SplitProgress... progress) {
        return new LedgerEntry("tap", 0, List.of(progress), List.of(), List.of());
    }

    public static OutcomeCount routed(Split split, TableName table, long records) {
        return new OutcomeCount(split, Outcome.ROUTED, table.full(), "", records);
    }

    public static LedgerEntry wrote(List<OutcomeCount> outcomes, List<StagedFiles> staged) {
        return new LedgerEntry("tables", 0, List.of(), outcomes, staged);
    }

    /** Rows of a split, one a position. */
    public static List<String> rows(Split split, long from, long to) {
        return LongStream.range(from, to).mapToObj(at -> split + "@" + at).toList();
    }

    /** An epoch that read one split and wrote it to orders. */
    public static Epoch epoch(FakeLake lake, long number, long run, long from, long to) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(progress(ORDERS_0, from, to)),
                List.of(routed(ORDERS_0, ORDERS, to - from)),
                List.of(lake.stage(ORDERS, rows(ORDERS_0, from, to))));
    }
}
