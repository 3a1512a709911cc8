package dev.firn.cli.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is shown before it is done. */
class RewindTextTest {

    private static final TableName ORDERS = new TableName("shop.orders");
    private static final Instant AT = Instant.parse("2026-11-25T15:00:00Z");

    private static RewindPlan plan(int partitions, List<TableRewind> tables, String... obstacles) {
        List<RewindPlan.SplitBack> splits = IntStream.range(0, partitions)
                .mapToObj(number ->
                        new RewindPlan.SplitBack(new Split("kafka", "orders", number, "topic-1"), 4_122, 122, 3_999))
                .toList();
        return new RewindPlan(
                new TableName("shop.firn_ledger"),
                41,
                43,
                Optional.of(AT),
                new TreeMap<>(),
                splits,
                tables,
                List.of(new TableName("shop.refunds")),
                List.of(new Epoch(41, 1, "", 0, List.of(), List.of(), List.of())),
                List.of(obstacles),
                obstacles.length == 0 ? OptionalLong.empty() : OptionalLong.of(42));
    }

    private static TableRewind orders(OptionalLong snapshot, int snapshots, ForeignSnapshot... others) {
        return new TableRewind(
                ORDERS,
                snapshot,
                snapshots,
                3_990,
                List.of(others),
                Optional.empty(),
                41,
                new StagedFiles(ORDERS, "uuid", new byte[0], 0, 0, 0));
    }

    @Test
    void saysWhatGoes() {
        ForeignSnapshot foreign = new ForeignSnapshot(99, AT, "append", 10, 0);

        assertThat(RewindText.plan(plan(1, List.of(orders(OptionalLong.of(4711), 2, foreign)))))
                .isEqualTo(
                        """
                        shop.firn_ledger: back to epoch 41, written 2026-11-25 15:00:00 UTC
                        epochs 42 to 43 will not count any more
                        1 epoch up to it may not be in all tables yet: that is committed first

                          Partition                                                        read to goes back to      records
                            kafka/orders-0                                                   4,122          122        3,999

                          Table                                                                       snapshots         rows
                            shop.orders                                                                       2        3,990
                              goes back to snapshot 4711
                              <- so does what others did in snapshot 99 (append) at 2026-11-25 15:00:00 UTC: 10 rows added,
                                 0 taken out

                          <- `shop.refunds` is not there any more, or was made anew: what it had of these epochs can't be
                             taken back
                        """);
    }

    @Test
    void saysTheSameToPrograms() {
        ForeignSnapshot foreign = new ForeignSnapshot(99, AT, "append", 10, 0);
        RewindPlan plan = plan(1, List.of(orders(OptionalLong.of(4711), 2, foreign)), "no way back");

        assertThat(RewindJson.plan(plan))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "ledger" : "shop.firn_ledger",
                          "to" : 41,
                          "last" : 43,
                          "written-at" : "2026-11-25T15:00:00Z",
                          "records" : 3999,
                          "partitions" : [
                            {
                              "source" : "kafka",
                              "stream" : "orders",
                              "partition" : 0,
                              "read-to" : 4122,
                              "goes-back-to" : 122,
                              "records" : 3999
                            }
                          ],
                          "tables" : [
                            {
                              "table" : "shop.orders",
                              "snapshots" : 2,
                              "rows" : 3990,
                              "snapshot" : 4711,
                              "foreign-snapshots" : [
                                {
                                  "snapshot" : 99,
                                  "operation" : "append",
                                  "at" : "2026-11-25T15:00:00Z",
                                  "added" : 10,
                                  "removed" : 0
                                }
                              ]
                            }
                          ],
                          "gone" : [
                            "shop.refunds"
                          ],
                          "obstacles" : [
                            "no way back"
                          ],
                          "nearest" : 42,
                          "done" : false
                        }
                        """);
        assertThat(RewindJson.done(new Rewinder.Done(plan, new Rewound(41, 44, 7), List.of())))
                .endsWith(
                        """
                          "done" : true,
                          "epoch" : 44,
                          "run" : 7,
                          "behind" : [ ]
                        }
                        """);
    }

    @Test
    void namesAFewPartitionsAndCountsTheRest() {
        String text = RewindText.plan(plan(22, List.of(orders(OptionalLong.empty(), 2)), "no way back"));

        assertThat(text)
                .contains(
                        "    and 2 more partitions; 87,978 records in all\n", "had no snapshot then, and is emptied\n")
                .endsWith("  <- no way back\n");
        assertThat(text.lines())
                .filteredOn(line -> line.contains("kafka/orders-"))
                .hasSize(20);
        assertThat(RewindText.plan(plan(0, List.of(orders(OptionalLong.of(1), 0)))))
                .contains("has nothing of these epochs yet, and will not get it\n")
                .doesNotContain("goes back to");
    }
}
