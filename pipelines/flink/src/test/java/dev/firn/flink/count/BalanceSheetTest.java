package dev.firn.flink.count;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BalanceSheetTest {

    private static final String HOLDS =
            """
            balance sheet of epoch 3
              kafka/orders-0                           read 1,000 = routed 1,004 - copied 7 + quarantined 2 + non-data 1
              kafka/orders-1                           read 5 = routed 5
              sales.firn_quarantine                    routed 2 = in files 2
              sales.orders                             routed 1,002 = in files 1,002
              sales.refunds                            routed 7 = in files 7
            """;

    /** What each side counted; a test takes one off. */
    private record Counts(
            long read, long routed, long copied, long tombstones, long quarantined, long inOrders, long inQuarantine) {

        static final Counts RIGHT = new Counts(1000, 997, 7, 1, 2, 1002, 2);

        BalanceSheet sheet() {
            return BalanceSheet.of(
                    new Epoch(
                            3,
                            1,
                            "plan",
                            9,
                            List.of(new SplitProgress(ORDERS_0, 0, 1003, read), new SplitProgress(ORDERS_1, 5, 10, 5)),
                            List.of(
                                    Records.routed(ORDERS_0, ORDERS, routed),
                                    Records.routed(ORDERS_0, REFUNDS, 7),
                                    new OutcomeCount(ORDERS_0, Outcome.COPIED, "", "", copied),
                                    new OutcomeCount(ORDERS_0, Outcome.NON_DATA, "", "tombstone", tombstones),
                                    new OutcomeCount(
                                            ORDERS_0, Outcome.QUARANTINED, ORDERS.full(), "bad-utf8", quarantined),
                                    // Nobody read it, so it is on neither side.
                                    new OutcomeCount(ORDERS_0, Outcome.LOST, "", "1003 to 1010", 7),
                                    // No records.
                                    new OutcomeCount(
                                            ORDERS_0, Outcome.EVENT_TIME, ORDERS.full(), "placed_at", 3_600_000_000L),
                                    Records.routed(ORDERS_1, ORDERS, 5)),
                            List.of(
                                    files(ORDERS, inOrders - 2),
                                    files(ORDERS, 2),
                                    files(REFUNDS, 7),
                                    files(FakeLake.QUARANTINE, inQuarantine))),
                    FakeLake.QUARANTINE);
        }
    }

    private static StagedFiles files(TableName table, long records) {
        return new StagedFiles(table, "uuid", new byte[0], 1, records, 10);
    }

    /** The sheet differs from one that holds in these lines. */
    private static void finds(Counts counts, String right, String wrong) {
        BalanceSheet sheet = counts.sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(HOLDS).contains(right);
        assertThat(sheet).hasToString(HOLDS.replace(right, wrong));
    }

    private static final String SPLIT =
            """
              kafka/orders-0                           read 1,000 = routed 1,004 - copied 7 + quarantined 2 + non-data 1
            """;

    private static final String QUARANTINE =
            """
              sales.firn_quarantine                    routed 2 = in files 2
            """;

    private static final String TABLE =
            """
              sales.orders                             routed 1,002 = in files 1,002
            """;

    @Test
    void holdsWhereEveryRecordIsAccountedFor() {
        BalanceSheet sheet = Counts.RIGHT.sheet();
        assertThat(sheet).hasToString(HOLDS);
        assertThat(sheet.holds()).isTrue();
    }

    @Test
    void looksTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Counts.RIGHT.sheet()).hasToString(HOLDS);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void findsARecordThatWasNotCountedWhenRead() {
        finds(
                new Counts(999, 997, 7, 1, 2, 1002, 2),
                SPLIT,
                """
                  kafka/orders-0                           read 999 = routed 1,004 - copied 7 + quarantined 2 + non-data 1 = 1,000   <- 1 with an outcome but not read
                      read 999, positions 0 to 1,003
                      routed 997 sales.orders
                      routed 7 sales.refunds
                      copied 7
                      non-data 1 (tombstone)
                      quarantined 2 sales.orders (bad-utf8)
                """);
    }

    @Test
    void findsARecordThatWasNotCountedWhenRouted() {
        BalanceSheet sheet = new Counts(1000, 996, 7, 1, 2, 1002, 2).sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(sheet)
                .hasToString(
                        """
                        balance sheet of epoch 3
                          kafka/orders-0                           read 1,000 = routed 1,003 - copied 7 + quarantined 2 + non-data 1 = 999   <- 1 without an outcome
                              read 1,000, positions 0 to 1,003
                              routed 996 sales.orders
                              routed 7 sales.refunds
                              copied 7
                              non-data 1 (tombstone)
                              quarantined 2 sales.orders (bad-utf8)
                          kafka/orders-1                           read 5 = routed 5
                          sales.firn_quarantine                    routed 2 = in files 2
                          sales.orders                             routed 1,001 = in files 1,002   <- 1 too many in the files
                              routed 996 of kafka/orders-0
                              routed 5 of kafka/orders-1
                              in files 1,000, 1 file
                              in files 2, 1 file
                          sales.refunds                            routed 7 = in files 7
                        """);
    }

    @Test
    void findsACopyThatWasNotCounted() {
        finds(
                new Counts(1000, 997, 6, 1, 2, 1002, 2),
                SPLIT,
                """
                  kafka/orders-0                           read 1,000 = routed 1,004 - copied 6 + quarantined 2 + non-data 1 = 1,001   <- 1 with an outcome but not read
                      read 1,000, positions 0 to 1,003
                      routed 997 sales.orders
                      routed 7 sales.refunds
                      copied 6
                      non-data 1 (tombstone)
                      quarantined 2 sales.orders (bad-utf8)
                """);
    }

    @Test
    void findsATombstoneThatWasNotCounted() {
        finds(
                new Counts(1000, 997, 7, 0, 2, 1002, 2),
                SPLIT,
                """
                  kafka/orders-0                           read 1,000 = routed 1,004 - copied 7 + quarantined 2 + non-data 0 = 999   <- 1 without an outcome
                      read 1,000, positions 0 to 1,003
                      routed 997 sales.orders
                      routed 7 sales.refunds
                      copied 7
                      non-data 0 (tombstone)
                      quarantined 2 sales.orders (bad-utf8)
                """);
    }

    @Test
    void findsARecordThatIsMissingInItsFiles() {
        finds(
                new Counts(1000, 997, 7, 1, 2, 1001, 2),
                TABLE,
                """
                  sales.orders                             routed 1,002 = in files 1,001   <- 1 missing in the files
                      routed 997 of kafka/orders-0
                      routed 5 of kafka/orders-1
                      in files 999, 1 file
                      in files 2, 1 file
                """);
    }

    @Test
    void findsARecordThatIsTwiceInItsFiles() {
        finds(
                new Counts(1000, 997, 7, 1, 2, 1003, 2),
                TABLE,
                """
                  sales.orders                             routed 1,002 = in files 1,003   <- 1 too many in the files
                      routed 997 of kafka/orders-0
                      routed 5 of kafka/orders-1
                      in files 1,001, 1 file
                      in files 2, 1 file
                """);
    }

    @Test
    void findsARefusedRecordThatDidNotReachQuarantine() {
        finds(
                new Counts(1000, 997, 7, 1, 2, 1002, 1),
                QUARANTINE,
                """
                  sales.firn_quarantine                    routed 2 = in files 1   <- 1 missing in the files
                      quarantined 2 of kafka/orders-0
                      in files 1, 1 file
                """);
    }

    @Test
    void findsARefusedRecordThatWasNotCounted() {
        BalanceSheet sheet = new Counts(1000, 997, 7, 1, 1, 1002, 2).sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(sheet.toString())
                .contains("non-data 1 = 999   <- 1 without an outcome")
                .contains("routed 1 = in files 2   <- 1 too many in the files");
    }

    @Test
    void findsASplitOfWhichNothingIsKnownButThatItWasRead() {
        Epoch epoch = new Epoch(1, 1, "plan", 1, List.of(new SplitProgress(ORDERS_0, 0, 5, 5)), List.of(), List.of());
        assertThat(BalanceSheet.of(epoch, FakeLake.QUARANTINE))
                .hasToString(
                        """
                        balance sheet of epoch 1
                          kafka/orders-0                           read 5 = nothing = 0   <- 5 without an outcome
                              read 5, positions 0 to 5
                        """);
    }

    @Test
    void showsTheBrokenSumAmongThousandsThatHold() {
        List<SplitProgress> progress = new ArrayList<>();
        List<OutcomeCount> outcomes = new ArrayList<>();
        List<StagedFiles> staged = new ArrayList<>();
        for (int table = 0; table < 500; table++) {
            Split split = new Split("kafka", "topic", table, "id");
            TableName name = new TableName("many.table_" + table);
            progress.add(new SplitProgress(split, 0, 1, 1));
            outcomes.add(Records.routed(split, name, 1));
            outcomes.add(Records.routed(split, ORDERS, 1));
            outcomes.add(new OutcomeCount(split, Outcome.COPIED, "", "", 1));
            staged.add(files(name, 1));
        }
        staged.add(files(ORDERS, 499));

        String sheet = BalanceSheet.of(new Epoch(1, 1, "", 1, progress, outcomes, staged), FakeLake.QUARANTINE)
                .toString();

        assertThat(sheet.lines())
                .hasSize(1 + 20 + 1 + 20 + 1 + 1)
                .contains(
                        "  sales.orders                             routed 500 = in files 499   <- 1 missing in the files",
                        "      and 481 more",
                        "  and 980 more that hold");
    }
}
