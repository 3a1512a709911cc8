package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.cluster.PipelineStatus.Failure;
import dev.firn.cli.cluster.PipelineStatus.Job;
import dev.firn.cli.cluster.PipelineStatus.Table;
import dev.firn.cli.cluster.PipelineStatus.Waits;
import dev.firn.cli.run.Account;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-id");

    @Test
    void showsAPipelineThatIsWell() {
        PipelineStatus status = status(
                Optional.of(job("RUNNING", List.of(), 0, Optional.empty())),
                List.of(new Table(new TableName("shop.orders"), last(), Optional.empty())),
                100);

        assertThat(StatusText.write(status, NOW, "--cluster URL ", "--env prod ", "shop.yaml"))
                .isEqualTo(
                        """
                        shop is RUNNING since 2026-11-28 11:50:00 UTC (10 min ago)
                          job j0 at http://flink:8081
                          the ledger ends with epoch 7, written 2026-11-28 11:59:58 UTC (2 s ago), of run 3

                          lag, in positions not yet in the ledger            1,230
                            kafka/orders                                     1,230

                          table                                    epoch           last rows
                            shop.orders                            7               2026-11-28 11:59:58 UTC (2 s ago)

                          Where every record went            orders        total
                            read                                100          100
                            written to Iceberg                  100          100
                            quarantined                           0            0
                            balanced

                        Next:  firn stop --cluster URL --env prod shop.yaml
                        """);
        assertThat(status.isWell()).isTrue();
    }

    @Test
    void showsWhatIsNotWell() {
        PipelineStatus status = new PipelineStatus(
                "shop",
                "http://flink:8081",
                Optional.of(job(
                        "RUNNING",
                        List.of("commit epochs"),
                        2,
                        Optional.of(new Failure(NOW.minusSeconds(20), "a TaskManager is gone: tm-1")))),
                7,
                3,
                Optional.of(NOW.minusSeconds(2)),
                List.of(
                        table("a", new Waits("held", Optional.of(NOW.minusSeconds(30)), "the catalog is away")),
                        table("b", new Waits("detached", Optional.of(NOW.minusSeconds(7300)), "its files are gone")),
                        table("c", new Waits("paused", Optional.of(NOW.minusSeconds(300)), "a column would go"))),
                new TreeMap<>(),
                List.of("the lag of source `kafka` is not known: the broker is away"),
                account(99));

        assertThat(StatusText.write(status, NOW, "", "--env prod ", "shop.yaml"))
                .isEqualTo(
                        """
                        shop is STARTING since 2026-11-28 11:50:00 UTC (10 min ago)
                          job j0 at http://flink:8081
                          does not run yet: commit epochs
                          started again 2 times
                          last failure 2026-11-28 11:59:40 UTC (20 s ago): a TaskManager is gone: tm-1
                          the last checkpoint did not come about 2026-11-28 11:59:40 UTC (20 s ago): Checkpoint expired before completing
                          the ledger ends with epoch 7, written 2026-11-28 11:59:58 UTC (2 s ago), of run 3
                          NOT WELL: the lag of source `kafka` is not known: the broker is away

                          lag, in positions not yet in the ledger                0

                          table                                    epoch           last rows
                            shop.a                                 7               2026-11-28 11:59:58 UTC (2 s ago)
                              held since 2026-11-28 11:59:30 UTC (30 s ago): the catalog is away
                            shop.b                                 7               2026-11-28 11:59:58 UTC (2 s ago)
                              detached since 2026-11-28 09:58:20 UTC (2 h ago): its files are gone
                            shop.c                                 7               2026-11-28 11:59:58 UTC (2 s ago)
                              paused since 2026-11-28 11:55:00 UTC (5 min ago): a column would go

                          Where every record went            orders        total
                            read                                100          100
                            written to Iceberg                   99           99
                            quarantined                           0            0
                            does NOT balance: firn audit says where

                        Next:  firn table resume --env prod shop.yaml shop.c
                        """);
        assertThat(status.isWell()).isFalse();
        assertThat(StatusJson.write(status))
                .contains(
                        "\"unwell\" : [\n    \"the lag of source `kafka` is not known: the broker is away\"\n  ]",
                        "\"missing\" : 1");
    }

    @Test
    void isNotWellWhereOneThingIsNot() {
        Job runs = job("RUNNING", List.of(), 0, Optional.empty());
        Table waits = table("a", new Waits("held", Optional.empty(), ""));

        assertThat(status(Optional.of(runs), List.of(waits), 100).isWell()).isFalse();
        assertThat(status(Optional.of(runs), List.of(), 99).isWell()).isFalse();
        assertThat(status(Optional.of(job("RESTARTING", List.of(), 1, Optional.empty())), List.of(), 100)
                        .isWell())
                .isFalse();
        PipelineStatus well = status(Optional.of(runs), List.of(), 100);
        assertThat(well.isWell()).isTrue();
        assertThat(new PipelineStatus(
                                well.pipeline(),
                                well.cluster(),
                                well.job(),
                                well.epoch(),
                                well.run(),
                                well.lastEpoch(),
                                well.tables(),
                                well.lag(),
                                List.of("the lag is not known"),
                                well.account())
                        .isWell())
                .isFalse();
        PipelineStatus away = status(Optional.empty(), List.of(), 100);
        assertThat(away.isWell()).isFalse();
        assertThat(StatusText.write(away, NOW, "", "", "shop.yaml"))
                .startsWith("shop does not run at http://flink:8081\n")
                .endsWith("Next:  firn submit shop.yaml\n");
    }

    @Test
    void writesItForPrograms() {
        PipelineStatus status = status(
                Optional.of(job("RUNNING", List.of(), 1, Optional.of(new Failure(NOW.minusSeconds(20), "why")))),
                List.of(table("a", new Waits("held", Optional.of(NOW.minusSeconds(30)), "the catalog is away"))),
                100);

        assertThat(StatusJson.write(status))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "pipeline" : "shop",
                          "cluster" : "http://flink:8081",
                          "well" : false,
                          "job" : {
                            "id" : "j0",
                            "state" : "RUNNING",
                            "since" : "2026-11-28T11:50:00Z",
                            "started" : "2026-11-28T11:48:20Z",
                            "runs" : true,
                            "restarts" : 1,
                            "last-failure" : {
                              "at" : "2026-11-28T11:59:40Z",
                              "reason" : "why"
                            },
                            "lost-checkpoint" : {
                              "at" : "2026-11-28T11:59:40Z",
                              "reason" : "Checkpoint expired before completing"
                            }
                          },
                          "ledger" : {
                            "epoch" : 7,
                            "run" : 3,
                            "written" : "2026-11-28T11:59:58Z"
                          },
                          "lag" : {
                            "kafka/orders" : 1230
                          },
                          "tables" : [
                            {
                              "table" : "shop.a",
                              "epoch" : 7,
                              "at" : "2026-11-28T11:59:58Z",
                              "waits" : {
                                "how" : "held",
                                "reason" : "the catalog is away",
                                "since" : "2026-11-28T11:59:30Z"
                              }
                            }
                          ],
                          "account" : {
                            "balances" : true,
                            "streams" : {
                              "orders" : {
                                "read" : 100,
                                "copies" : 0,
                                "written" : 100,
                                "superseded" : 0,
                                "deleted" : 0,
                                "deduplicated" : 0,
                                "non-data" : 0,
                                "filtered" : 0,
                                "dropped" : 0,
                                "quarantined" : 0,
                                "lost" : 0,
                                "missing" : 0
                              }
                            }
                          }
                        }
                        """);
    }

    @Test
    void findsAHeldTableInTheCommittersMetrics() {
        Map<String, String> metrics = Map.of(
                "0.commit_epochs.table.shop_orders.heldSeconds", "30",
                "0.commit_epochs.table.shop_orders.lastFailure", "the catalog is away",
                "0.commit_epochs.table.shop_refunds.heldSeconds", "0");

        assertThat(StatusInquiry.held(new TableName("shop.orders"), metrics, NOW))
                .hasValue(new Waits("held", Optional.of(NOW.minusSeconds(30)), "the catalog is away"));
        assertThat(StatusInquiry.held(new TableName("shop.refunds"), metrics, NOW))
                .isEmpty();
        assertThat(StatusInquiry.held(new TableName("shop.other"), metrics, NOW))
                .isEmpty();
    }

    private static PipelineStatus status(Optional<Job> job, List<Table> tables, long written) {
        return new PipelineStatus(
                "shop",
                "http://flink:8081",
                job,
                7,
                3,
                Optional.of(NOW.minusSeconds(2)),
                tables,
                new TreeMap<>(Map.of("kafka/orders", 1230L)),
                List.of(),
                account(written));
    }

    private static Job job(String state, List<String> waiting, long restarts, Optional<Failure> failure) {
        return new Job(
                "j0",
                state,
                NOW.minusSeconds(600),
                NOW.minusSeconds(700),
                waiting,
                restarts,
                failure,
                failure.map(why -> new Failure(why.at(), "Checkpoint expired before completing")));
    }

    private static Table table(String name, Waits waits) {
        return new Table(new TableName("shop." + name), last(), Optional.of(waits));
    }

    private static Optional<LedgerView.LastRows> last() {
        return Optional.of(new LedgerView.LastRows(7, NOW.minusSeconds(2)));
    }

    private static Account account(long written) {
        Account account = new Account(6);
        account.add(List.of(new Epoch(
                7,
                3,
                "hash",
                1,
                List.of(new SplitProgress(SPLIT, 0, 100, 100)),
                List.of(new OutcomeCount(SPLIT, Outcome.ROUTED, "shop.orders", "", written)),
                List.of())));
        return account;
    }
}
