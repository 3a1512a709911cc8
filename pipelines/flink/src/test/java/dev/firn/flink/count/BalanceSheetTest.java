package dev.firn.flink.count;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BalanceSheetTest {

    private static final String HOLDS =
            """
            balance sheet of epoch 3
              kafka/orders-0                           read 1,000 = accounted for 1,000
              kafka/orders-1                           read 5 = accounted for 5
              sales.firn_quarantine                    routed 2 = in files 2
              sales.orders                             routed 1,002 = in files 1,002
            """;

    /** What each side counted; a test takes one off. */
    private record Counts(long read, long routed, long tombstones, long quarantined, long inOrders, long inQuarantine) {

        static final Counts RIGHT = new Counts(1000, 997, 1, 2, 1002, 2);

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
                                    new OutcomeCount(ORDERS_0, Outcome.NON_DATA, "", "tombstone", tombstones),
                                    new OutcomeCount(
                                            ORDERS_0, Outcome.QUARANTINED, ORDERS.full(), "bad-utf8", quarantined),
                                    Records.routed(ORDERS_1, ORDERS, 5)),
                            List.of(
                                    files(ORDERS, inOrders - 2),
                                    files(ORDERS, 2),
                                    files(FakeLake.QUARANTINE, inQuarantine))),
                    FakeLake.QUARANTINE);
        }

        private static StagedFiles files(TableName table, long records) {
            return new StagedFiles(table, "uuid", new byte[0], 1, records, 10);
        }
    }

    private static void finds(Counts counts, String right, String wrong) {
        BalanceSheet sheet = counts.sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(sheet).hasToString(HOLDS.replace(right, wrong));
    }

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
                new Counts(999, 997, 1, 2, 1002, 2),
                "read 1,000 = accounted for 1,000",
                "read 999 = accounted for 1,000   <- differs by -1");
    }

    @Test
    void findsARecordThatWasNotCountedWhenRouted() {
        BalanceSheet sheet = new Counts(1000, 996, 1, 2, 1002, 2).sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(sheet)
                .hasToString(
                        """
                        balance sheet of epoch 3
                          kafka/orders-0                           read 1,000 = accounted for 999   <- differs by 1
                          kafka/orders-1                           read 5 = accounted for 5
                          sales.firn_quarantine                    routed 2 = in files 2
                          sales.orders                             routed 1,001 = in files 1,002   <- differs by -1
                        """);
    }

    @Test
    void findsATombstoneThatWasNotCounted() {
        finds(
                new Counts(1000, 997, 0, 2, 1002, 2),
                "read 1,000 = accounted for 1,000",
                "read 1,000 = accounted for 999   <- differs by 1");
    }

    @Test
    void findsARecordThatIsMissingInItsFiles() {
        finds(
                new Counts(1000, 997, 1, 2, 1001, 2),
                "routed 1,002 = in files 1,002",
                "routed 1,002 = in files 1,001   <- differs by 1");
    }

    @Test
    void findsARecordThatIsTwiceInItsFiles() {
        finds(
                new Counts(1000, 997, 1, 2, 1003, 2),
                "routed 1,002 = in files 1,002",
                "routed 1,002 = in files 1,003   <- differs by -1");
    }

    @Test
    void findsARefusedRecordThatDidNotReachQuarantine() {
        finds(new Counts(1000, 997, 1, 2, 1002, 1), "routed 2 = in files 2", "routed 2 = in files 1   <- differs by 1");
    }

    @Test
    void findsARefusedRecordThatWasNotCounted() {
        BalanceSheet sheet = new Counts(1000, 997, 1, 1, 1002, 2).sheet();
        assertThat(sheet.holds()).isFalse();
        assertThat(sheet.toString())
                .contains("accounted for 999   <- differs by 1")
                .contains("routed 1 = in files 2   <- differs by -1");
    }
}
