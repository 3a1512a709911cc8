package dev.firn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final TableName LEDGER = new TableName("shop.firn_ledger");
    private static final TableName ORDERS = new TableName("shop.orders");
    private static final TableName QUARANTINE = new TableName("ops.quarantine");
    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-1");

    private final AuditSheet sheet = new AuditSheet(QUARANTINE, new Since.Epoch(1), Instant.EPOCH);

    private AuditReport report() {
        return new AuditReport(LEDGER, sheet, Optional.empty());
    }

    @Test
    void saysWhatBecameOfEveryRecord() {
        sheet.add(epoch(1, 4_000, 3));
        sheet.add(epoch(2, 121, 0));

        assertThat(report().isYes()).isTrue();
        assertThat(AuditText.write(report()))
                .isEqualTo(
                        """
                        shop.firn_ledger: epochs 1 to 2, run 7,
                        written 2026-11-25 15:00:01 to 2026-11-25 15:00:02 UTC

                          Partition                    from           to         read       routed  quarantined     non data
                            kafka/orders-0                0        4,122        4,121        4,117            3            1
                            kafka/orders-1               50           60           10           10            0            0

                          Table                                                                          routed     in files
                            ops.quarantine                                                                    3            3
                            shop.orders                                                                   4,127        4,127

                          Why quarantined                                                                            records
                            truncated-payload                                                                              3

                          Why non data                                                                               records
                            tombstone                                                                                      1

                        balances: 4,131 records were read, and each is accounted for
                        """);
        assertThat(AuditText.write(report()).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void leavesOutWhatWasTakenBack() {
        Rewound rewound = new Rewound(1, 3, 8);
        WrittenEpoch second = epoch(2, 121, 5);
        Epoch back = new Epoch(3, 8, "", 0, List.of(), List.of(), List.of());
        sheet.add(epoch(1, 4_000, 3));
        sheet.add(new WrittenEpoch(second.epoch(), 2, second.at(), Optional.of(rewound), Optional.empty()));
        sheet.add(new WrittenEpoch(back, 3, second.at(), Optional.empty(), Optional.of(rewound)));

        assertThat(report().isYes()).isTrue();
        assertThat(AuditText.write(report()))
                .startsWith(
                        """
                        shop.firn_ledger: epochs 1 to 3, runs 7 to 8,
                        written 2026-11-25 15:00:01 to 2026-11-25 15:00:02 UTC
                        epoch 3 is a rewind to epoch 1: epoch 2 no longer counts

                        """)
                .endsWith("balances: 4,010 records were read, and each is accounted for\n");
        assertThat(AuditJson.write(report()))
                .contains(
                        """
                          "rewinds" : [
                            {
                              "epoch" : 3,
                              "run" : 8,
                              "to" : 1
                            }
                          ],
                        """);
    }

    @Test
    void saysTheSameToPrograms() {
        sheet.add(epoch(1, 4_000, 3));

        assertThat(AuditJson.write(report()))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "ledger" : "shop.firn_ledger",
                          "balances" : true,
                          "epochs" : {
                            "first" : 1,
                            "last" : 1,
                            "first-run" : 7,
                            "last-run" : 7,
                            "begin" : "2026-11-25T15:00:01Z",
                            "end" : "2026-11-25T15:00:01Z",
                            "unbalanced" : 0
                          },
                          "partitions" : [
                            {
                              "source" : "kafka",
                              "stream" : "orders",
                              "partition" : 0,
                              "incarnation" : "topic-1",
                              "from" : 0,
                              "to" : 4001,
                              "read" : 4000,
                              "routed" : 3996,
                              "quarantined" : 3,
                              "non-data" : 1
                            },
                            {
                              "source" : "kafka",
                              "stream" : "orders",
                              "partition" : 1,
                              "incarnation" : "topic-1",
                              "from" : 50,
                              "to" : 60,
                              "read" : 10,
                              "routed" : 10
                            }
                          ],
                          "tables" : [
                            {
                              "table" : "ops.quarantine",
                              "routed" : 3,
                              "in-files" : 3
                            },
                            {
                              "table" : "shop.orders",
                              "routed" : 4006,
                              "in-files" : 4006
                            }
                          ],
                          "reasons" : [
                            {
                              "outcome" : "quarantined",
                              "reason" : "truncated-payload",
                              "records" : 3
                            },
                            {
                              "outcome" : "non-data",
                              "reason" : "tombstone",
                              "records" : 1
                            }
                          ]
                        }
                        """);
    }

    @Test
    void findsAnEpochWhoseSumsWereAltered() {
        sheet.add(epoch(1, 4_000, 3));
        Epoch good = epoch(2, 100, 0).epoch();
        Epoch altered = new Epoch(
                2,
                7,
                "plan",
                2,
                good.progress(),
                List.of(new OutcomeCount(ORDERS_0, Outcome.ROUTED, "shop.orders", "", 99)),
                good.staged());
        sheet.add(new WrittenEpoch(altered, 2, Instant.parse("2026-11-25T15:00:02Z")));

        assertThat(report().isYes()).isFalse();
        assertThat(AuditText.write(report()))
                .contains("balance sheet of epoch 2\n", "read 100 = routed 99 = 99   <- 1 without an outcome\n")
                .endsWith("does NOT balance: the sums of 1 epochs do not hold; the first are shown above\n");
        assertThat(AuditJson.write(report())).contains("\"balances\" : false", "\"unbalanced\" : 1");
    }

    @Test
    void beginsWithAnEpochAndSaysWhatWasBefore() {
        AuditSheet later = new AuditSheet(QUARANTINE, new Since.Epoch(2), Instant.EPOCH);
        later.add(epoch(1, 4_000, 3));
        later.add(epoch(2, 121, 0));
        AuditReport report = new AuditReport(LEDGER, later, Optional.empty());

        assertThat(AuditText.write(report))
                .startsWith(
                        """
                        shop.firn_ledger: epoch 2, run 7,
                        written 2026-11-25 15:00:02 to 2026-11-25 15:00:02 UTC
                        before that epoch 1, balanced: 4,010 records read, 4,006 routed, 3 quarantined, 1 non data

                        """)
                .endsWith("balances: 121 records were read, and each is accounted for\n");
        assertThat(AuditJson.write(report))
                .contains(
                        """
                          "before" : {
                            "first" : 1,
                            "last" : 1,
                            "unbalanced" : 0,
                            "read" : 4010,
                            "routed" : 4006,
                            "copied" : 0,
                            "quarantined" : 3,
                            "non-data" : 1,
                            "lost" : 0,
                            "filtered" : 0,
                            "dropped" : 0,
                            "superseded" : 0,
                            "deleted" : 0,
                            "deduplicated" : 0
                          },
                        """);
    }

    @Test
    void saysWhichTablesAreDetachedAndWhatWaits() throws Exception {
        sheet.add(epoch(1, 4_000, 3));
        Instant at = Instant.parse("2026-11-25T15:00:03Z");
        DetachedTable detached = new DetachedTable(new TableName("shop.orders"), 0, 1, at, at, "it is read-only");
        AuditReport report = new AuditReport(
                LEDGER,
                sheet,
                List.of(new AuditReport.Detached(detached, new WaitingEpochs(1, 4_000, 9, 1, 1))),
                Optional.empty());

        assertThat(report.isYes()).isTrue();
        assertThat(AuditText.write(report))
                .endsWith(
                        """
                        balances: 4,010 records were read, and each is accounted for
                        shop.orders is detached since 2026-11-25 15:00:03 UTC, with epoch 1: it is read-only; 4,000 rows of
                        1 epoch wait in the ledger until it is well
                        """);
        assertThat(new ObjectMapper()
                        .readTree(AuditJson.write(report))
                        .get("detached")
                        .get(0)
                        .toString())
                .isEqualTo("{\"table\":\"shop.orders\",\"epoch\":1,\"at\":\"2026-11-25T15:00:03Z\",\"reason\":\"it is"
                        + " read-only\",\"waiting-epochs\":1,\"waiting-rows\":4000}");
        assertThat(AuditJson.write(report())).doesNotContain("detached");
    }

    @Test
    void beginsWithWhatWasWrittenWithinATime() {
        Instant now = Instant.parse("2026-11-25T15:10:02Z");
        AuditSheet lately = new AuditSheet(QUARANTINE, new Since.Ago(Duration.ofMinutes(10)), now);
        lately.add(epoch(1, 4_000, 3));
        lately.add(epoch(2, 121, 0));

        assertThat(lately.before().span().orElseThrow().last()).isEqualTo(1);
        assertThat(lately.shown().span().orElseThrow().first()).isEqualTo(2);

        AuditSheet never = new AuditSheet(QUARANTINE, new Since.Ago(Duration.ofSeconds(1)), now);
        never.add(epoch(1, 4_000, 3));
        assertThat(AuditText.write(new AuditReport(LEDGER, never, Optional.empty())))
                .isEqualTo(
                        """
                        shop.firn_ledger has no epochs since then
                        before that epoch 1, balanced: 4,010 records read, 4,006 routed, 3 quarantined, 1 non data
                        """);
    }

    @Test
    void leavesOutNoEpochBehindTheFirstWhateverTheClocksOfRunsSay() {
        AuditSheet lately = new AuditSheet(
                QUARANTINE, new Since.Ago(Duration.ofMinutes(10)), Instant.parse("2026-11-25T15:10:02Z"));
        lately.add(epoch(2, 121, 0));
        lately.add(new WrittenEpoch(epoch(3, 7, 0).epoch(), 3, Instant.parse("2026-11-25T14:00:00Z")));

        assertThat(lately.shown().read()).isEqualTo(128);
        assertThat(lately.before().span()).isEmpty();
    }

    @Test
    void saysThatThereIsNothingToSay() {
        assertThat(AuditText.write(report())).isEqualTo("shop.firn_ledger has no epochs\n");
        assertThat(report().isYes()).isTrue();
    }

    /** Partition 1 is read in the first epoch only; one position of each epoch is no record. */
    private static WrittenEpoch epoch(long number, long read, long rejected) {
        boolean first = number == 1;
        long tombstones = first ? 1 : 0;
        long routed = read - rejected - tombstones;
        long begin = first ? 0 : 4_001;
        SplitProgress progress = new SplitProgress(ORDERS_0, begin, begin + read + (first ? 1 : 0), read);
        List<OutcomeCount> outcomes = List.of(
                new OutcomeCount(ORDERS_0, Outcome.ROUTED, "shop.orders", "", routed),
                new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, "shop.orders", "truncated-payload", rejected),
                new OutcomeCount(ORDERS_0, Outcome.NON_DATA, "", "tombstone", tombstones),
                // No records.
                new OutcomeCount(ORDERS_0, Outcome.EVENT_TIME, "shop.orders", "placed_at", 3_600_000_000L),
                new OutcomeCount(ORDERS_1, Outcome.ROUTED, "shop.orders", "", first ? 10 : 0));
        List<StagedFiles> staged = List.of(
                new StagedFiles(ORDERS, "uuid-1", new byte[0], 1, routed + (first ? 10 : 0), 4711),
                new StagedFiles(QUARANTINE, "uuid-2", new byte[0], 1, rejected, 4711));
        Epoch epoch = new Epoch(
                number,
                7,
                "plan",
                number,
                first ? List.of(progress, new SplitProgress(ORDERS_1, 50, 60, 10)) : List.of(progress),
                outcomes.stream().filter(count -> count.records() > 0).toList(),
                staged);
        return new WrittenEpoch(
                epoch, number, Instant.parse("2026-11-25T15:00:00Z").plusSeconds(number));
    }
}
