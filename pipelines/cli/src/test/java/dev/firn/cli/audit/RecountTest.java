package dev.firn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.audit.LedgerTotals.Extent;
import dev.firn.cli.audit.TableCheck.Verdict;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRecount.Faults;
import dev.firn.spi.sink.TableRecount.Files;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.source.SplitRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecountTest {

    private static final TableName ORDERS = new TableName("shop.orders");
    private static final TableName QUARANTINE = new TableName("ops.quarantine");
    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Instant NIGHT = Instant.parse("2026-11-25T03:00:00Z");

    /** A table with rows of the epochs 1 and 2, a hundred each, unless it is said otherwise. */
    private static final class Found {
        private String incarnation = "uuid-1";
        private TableRecount.Marks marks = new TableRecount.Marks(2, "");
        private Files own = new Files(2, 200);
        private Files others = new Files(0, 0);
        private OptionalLong hidden = OptionalLong.of(0);
        private boolean replaced;
        private TableRecount.History history = new TableRecount.History(List.of(), true);
        private Faults faults = new Faults(0, List.of());
        private SortedMap<String, Long> reasons = new TreeMap<>();

        TableRecount recount() {
            return new TableRecount(incarnation, marks, own, others, hidden, replaced, history, faults, reasons);
        }
    }

    private final Found found = new Found();

    private TableCheck check() {
        return check(ORDERS, Optional.of(found.recount()));
    }

    private static TableCheck check(TableName table, Optional<TableRecount> recount) {
        LedgerTotals totals = new LedgerTotals(QUARANTINE, Map.of(table, recount));
        totals.add(epoch(1));
        totals.add(epoch(2));
        return TableCheck.of(table, totals.rows(table), recount);
    }

    private static WrittenEpoch epoch(long number) {
        List<StagedFiles> staged = List.of(
                new StagedFiles(ORDERS, "uuid-1", new byte[0], 1, 100, 4711),
                new StagedFiles(QUARANTINE, "uuid-1", new byte[0], 1, 3, 4711));
        List<OutcomeCount> outcomes = List.of(
                new OutcomeCount(ORDERS_0, Outcome.ROUTED, "shop.orders", "", 100),
                new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, "shop.orders", "truncated-payload", 2),
                new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, "shop.orders", "wrong-magic-byte", 1));
        SplitProgress progress = new SplitProgress(ORDERS_0, (number - 1) * 103, number * 103, 103);
        return new WrittenEpoch(
                new Epoch(number, 1, "plan", number, List.of(progress), outcomes, staged), number, NIGHT);
    }

    private static List<String> said(TableCheck check) {
        return check.notes().stream()
                .map(note -> (note.isWrong() ? "<- " : "") + note.sentence())
                .toList();
    }

    @Test
    void balancesWhereEachRowIsInAFileOfThePipeline() {
        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES);
        assertThat(said(check())).isEmpty();
    }

    @Test
    void leavesRowsOfOthersOutOfIt() {
        found.others = new Files(1, 50);
        found.history = new TableRecount.History(List.of(), false);

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES);
        assertThat(said(check()))
                .containsExactly("others have added 50 rows in 1 file, which the ledger does not count");
    }

    @Test
    void doesNotWaitForEpochsThatTheTableDoesNotHaveYet() {
        found.marks = new TableRecount.Marks(1, "");
        found.own = new Files(1, 100);

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES);
        assertThat(said(check()))
                .containsExactly(
                        "100 rows more are in the ledger and not yet in the table; the pipeline commits them as"
                                + " soon as it can");
    }

    @Test
    void aTableThatIsDetachedAndCantBeCountedIsNoDifference() {
        TableCheck check = TableCheck.uncounted(ORDERS, new LedgerTotals.Rows(200, 0, 0), "503 for shop.orders");

        assertThat(check.verdict()).isEqualTo(Verdict.UNTOLD);
        assertThat(said(check)).containsExactly("it is detached and can't be counted: 503 for shop.orders");
        Recount recount = new Recount(List.of(), List.of(check), List.of(), List.of());
        assertThat(recount.agrees()).isTrue();
        assertThat(recount.isInPlace()).isFalse();
    }

    @Test
    void differsWhereRowsAreMissingOrTooMany() {
        found.own = new Files(2, 199);
        assertThat(check().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(check()))
                .containsExactly("<- 1 row fewer than the ledger and the snapshots of others account for");

        found.own = new Files(3, 300);
        assertThat(check().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(check())).containsExactly("<- 100 rows more than the ledger has are in files of the pipeline");
    }

    @Test
    void balancesInNumberBehindACompaction() {
        found.own = new Files(0, 0);
        found.others = new Files(1, 200);
        found.history = new TableRecount.History(List.of(new ForeignSnapshot(12, NIGHT, "replace", 200, 200)), true);

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES_IN_NUMBER);
        assertThat(said(check()))
                .containsExactly(
                        "others made snapshot 12 (replace) at 2026-11-25 03:00:00 UTC: 200 rows added, 200 taken out",
                        "200 rows are in files that others have written: which of them are the pipeline's can't be"
                                + " told");
    }

    @Test
    void explainsRowsThatOthersHaveDeleted() {
        found.own = new Files(1, 100);
        found.history = new TableRecount.History(List.of(new ForeignSnapshot(12, NIGHT, "delete", 0, 100)), true);

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES_IN_NUMBER);
        assertThat(said(check()))
                .containsExactly(
                        "others made snapshot 12 (delete) at 2026-11-25 03:00:00 UTC: 0 rows added, 100 taken out");
    }

    @Test
    void rowsThatThePipelineItselfHasReplacedAreInOrder() {
        found.hidden = OptionalLong.of(7);
        found.replaced = true;

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES);
        assertThat(said(check())).containsExactly("7 rows were replaced or deleted by later records of their keys");
    }

    @Test
    void saysWhatDeleteFilesTakeAway() {
        found.hidden = OptionalLong.of(7);

        assertThat(check().verdict()).isEqualTo(Verdict.BALANCES_IN_NUMBER);
        assertThat(said(check()))
                .containsExactly("delete files, which the pipeline never writes here, take 7 rows away");
    }

    @Test
    void claimsNothingWhereTheSnapshotsThatWouldExplainItHaveExpired() {
        found.own = new Files(0, 0);
        found.others = new Files(1, 199);
        found.history = new TableRecount.History(List.of(), false);

        assertThat(check().verdict()).isEqualTo(Verdict.UNTOLD);
        assertThat(said(check()))
                .containsExactly(
                        "<- 1 row fewer than the ledger and the snapshots of others account for",
                        "199 rows are in files that others have written: which of them are the pipeline's can't be"
                                + " told",
                        "older snapshots have expired: what others did in them can't be told any more");
    }

    @Test
    void differsWhereFilesAreBroken() {
        found.faults = new Faults(3, List.of("`a.parquet` is gone"));
        found.hidden = OptionalLong.empty();

        assertThat(check().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(check())).containsExactly("<- `a.parquet` is gone", "<- and so with 2 files more");
    }

    @Test
    void differsWhereATableIsGoneOrMadeAnewOrRolledBack() {
        TableCheck gone = check(ORDERS, Optional.empty());
        assertThat(gone.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(gone)).containsExactly("<- the table is not there");

        found.incarnation = "uuid-2";
        found.own = new Files(0, 0);
        assertThat(check().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(check()))
                .containsExactly(
                        "<- 200 rows went to a table of this name that is gone; the one of now never had them");

        found.incarnation = "uuid-1";
        found.marks = new TableRecount.Marks(0, "table `shop.orders` was rolled back");
        found.own = new Files(1, 100);
        assertThat(check().verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(said(check()))
                .containsExactly(
                        "<- table `shop.orders` was rolled back",
                        "<- 100 rows fewer than the ledger and the snapshots of others account for");
    }

    @Test
    void holdsPartitionsAgainstTheirSource() {
        SortedMap<String, Extent> ledger = new TreeMap<>();
        for (int partition = 0; partition < 6; partition++) {
            Split split = new Split("kafka", "orders", partition, "topic-1");
            ledger.put(split.id(), new Extent(split, 0, 100));
        }
        Split other = new Split("cdc", "orders", 0, "system-1");
        ledger.put(other.id(), new Extent(other, 0, 100));
        Split unread = new Split("kafka", "refunds", 0, "topic-2");
        ledger.put(unread.id(), new Extent(unread, 0, 100));
        Map<String, SplitRange> live = new TreeMap<>();
        for (SplitRange range : List.of(
                new SplitRange(ORDERS_0, 0, 140),
                new SplitRange(new Split("kafka", "orders", 1, "topic-1"), 60, 100),
                new SplitRange(new Split("kafka", "orders", 2, "topic-1"), 110, 120),
                new SplitRange(new Split("kafka", "orders", 3, "topic-1"), 0, 90),
                new SplitRange(new Split("kafka", "orders", 4, "topic-9"), 0, 100),
                new SplitRange(new Split("kafka", "orders", 6, "topic-1"), 2, 5))) {
            live.put(range.split().id(), range);
        }

        List<PartitionCheck> checks = new SourceExtents(Map.of("kafka", "orders"::equals), live).against(ledger);

        Recount recount = new Recount(checks, List.of(), List.of(), List.of());
        assertThat(recount.agrees()).isFalse();
        assertThat(checks.stream().mapToLong(PartitionCheck::deleted).sum()).isEqualTo(60);
        assertThat(RecountText.write(recount))
                .isEqualTo(
                        """
                          Partition, asked now                            ledger ends  source from           to          lag
                            cdc/orders-0                                          100            -            -            -
                              not asked: the file has no source `cdc`
                            kafka/orders-0                                        100            0          140           40
                            kafka/orders-1                                        100           60          100            0
                            kafka/orders-2                                        100          110          120            -
                              <- 10 positions were deleted before anybody read them
                            kafka/orders-3                                        100            0           90            -
                              <- ends 10 positions before what was read: the source has lost records
                            kafka/orders-4                                        100            0          100            -
                              <- `orders` was deleted and made anew: the ledger counts in id `topic-1`, and it is id
                                 `topic-9` now
                            kafka/orders-5                                        100            -            -            -
                              <- `orders` has no such partition any more
                            kafka/orders-6                                          -            2            5            3
                            kafka/refunds-0                                       100            -            -            -
                              not asked: the file does not read `refunds` any more

                        recounted: does NOT agree with the ledger; `<-` marks why. Counted were 0 rows in 0 files of 0
                          tables
                        """);
    }

    private Recount recountOfQuarantine(Map<String, Long> reasons) {
        found.reasons = new TreeMap<>(reasons);
        Recounter recounter = new Recounter(QUARANTINE, Map.of(QUARANTINE, Optional.of(found.recount())));
        recounter.add(epoch(1));
        recounter.add(epoch(2));
        return recounter.recount(() -> new SourceExtents(Map.of(), Map.of()));
    }

    @Test
    void holdsReasonsOfWhatIsInTheTableAgainstTheLedger() {
        found.own = new Files(2, 6);

        Recount same = recountOfQuarantine(Map.of("truncated-payload", 4L, "wrong-magic-byte", 2L));
        assertThat(same.agrees()).isTrue();

        Recount other = recountOfQuarantine(Map.of("truncated-payload", 5L, "unknown-schema-id", 1L));
        assertThat(other.agrees()).isFalse();
        assertThat(other.reasons())
                .containsExactly(
                        new ReasonCheck("truncated-payload", 4, 5),
                        new ReasonCheck("unknown-schema-id", 0, 1),
                        new ReasonCheck("wrong-magic-byte", 2, 0));
        assertThat(other.notes()).containsExactly(Note.wrong("the quarantine table has other reasons than the ledger"));

        found.marks = new TableRecount.Marks(1, "");
        found.own = new Files(1, 3);
        Recount waiting = recountOfQuarantine(Map.of("truncated-payload", 2L, "wrong-magic-byte", 1L));
        assertThat(waiting.agrees()).isTrue();
    }

    @Test
    void doesNotMindReasonsThatOthersHaveDeleted() {
        found.own = new Files(1, 3);
        found.history = new TableRecount.History(List.of(new ForeignSnapshot(12, NIGHT, "delete", 0, 3)), true);

        Recount recount = recountOfQuarantine(Map.of("truncated-payload", 2L, "wrong-magic-byte", 1L));

        assertThat(recount.agrees()).isTrue();
        assertThat(recount.isInPlace()).isFalse();
        assertThat(recount.notes())
                .containsExactly(Note.says("others have changed the quarantine table, so its reasons are other ones"));
    }

    @Test
    void saysWhatCanNotBeReadAgain() {
        SplitRange live = new SplitRange(ORDERS_0, 106, 206);
        Recounter recounter = new Recounter(QUARANTINE, Map.of());
        recounter.add(epoch(1));
        recounter.add(epoch(2));

        Recount recount = recounter.recount(
                () -> new SourceExtents(Map.of("kafka", "orders"::equals), Map.of(ORDERS_0.id(), live)));

        assertThat(recount.agrees()).isTrue();
        assertThat(recount.notes())
                .containsExactly(
                        Note.says(
                                "106 of the positions that were read are deleted where they came from: they can't be read again"));
    }

    @Test
    void saysItToPeopleAndToPrograms() {
        found.others = new Files(1, 50);
        found.history = new TableRecount.History(List.of(new ForeignSnapshot(12, NIGHT, "append", 50, 0)), true);
        Found quarantined = new Found();
        quarantined.own = new Files(2, 6);
        quarantined.reasons = new TreeMap<>(Map.of("truncated-payload", 4L, "wrong-magic-byte", 2L));
        Recount recount = new Recount(
                List.of(PartitionCheck.of(new Extent(ORDERS_0, 0, 206), new SplitRange(ORDERS_0, 0, 210))),
                List.of(check(QUARANTINE, Optional.of(quarantined.recount())), check()),
                List.of(new ReasonCheck("truncated-payload", 4, 4), new ReasonCheck("wrong-magic-byte", 2, 2)),
                List.of());

        assertThat(recount.agrees()).isTrue();
        assertThat(RecountText.write(recount))
                .isEqualTo(
                        """
                          Partition, asked now                            ledger ends  source from           to          lag
                            kafka/orders-0                                        206            0          210            4

                          Table, counted now                                             in ledger in its files   in others'
                            ops.quarantine                                                       6            6            0
                            shop.orders                                                        200          200           50
                              others have added 50 rows in 1 file, which the ledger does not count

                          Quarantined, counted now                                                    in ledger      counted
                            truncated-payload                                                                 4            4
                            wrong-magic-byte                                                                  2            2

                        recounted: agrees with the ledger. Counted were 256 rows in 5 files of 2 tables
                        """);
        assertThat(RecountText.write(recount).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        ObjectNode json = new ObjectMapper().createObjectNode();
        RecountJson.write(recount, json);
        assertThat(json.toPrettyString())
                .isEqualTo(
                        """
                        {
                          "agrees" : true,
                          "in-place" : true,
                          "files" : 5,
                          "rows" : 256,
                          "partitions" : [ {
                            "source" : "kafka",
                            "stream" : "orders",
                            "partition" : 0,
                            "incarnation" : "topic-1",
                            "ledger-end" : 206,
                            "source-from" : 0,
                            "source-to" : 210,
                            "lag" : 4,
                            "notes" : [ ]
                          } ],
                          "tables" : [ {
                            "table" : "ops.quarantine",
                            "verdict" : "balances",
                            "in-ledger" : 6,
                            "waiting" : 0,
                            "of-another-table" : 0,
                            "last-epoch" : 2,
                            "own-files" : 2,
                            "own-rows" : 6,
                            "other-files" : 0,
                            "other-rows" : 0,
                            "faults" : 0,
                            "deleted-rows" : 0,
                            "whole-history" : true,
                            "snapshots-of-others" : [ ],
                            "notes" : [ ]
                          }, {
                            "table" : "shop.orders",
                            "verdict" : "balances",
                            "in-ledger" : 200,
                            "waiting" : 0,
                            "of-another-table" : 0,
                            "last-epoch" : 2,
                            "own-files" : 2,
                            "own-rows" : 200,
                            "other-files" : 1,
                            "other-rows" : 50,
                            "faults" : 0,
                            "deleted-rows" : 0,
                            "whole-history" : true,
                            "snapshots-of-others" : [ {
                              "id" : 12,
                              "at" : "2026-11-25T03:00:00Z",
                              "operation" : "append",
                              "added" : 50,
                              "removed" : 0
                            } ],
                            "notes" : [ {
                              "wrong" : false,
                              "text" : "others have added 50 rows in 1 file, which the ledger does not count"
                            } ]
                          } ],
                          "quarantined" : [ {
                            "reason" : "truncated-payload",
                            "in-ledger" : 4,
                            "counted" : 4
                          }, {
                            "reason" : "wrong-magic-byte",
                            "in-ledger" : 2,
                            "counted" : 2
                          } ],
                          "notes" : [ ]
                        }""");
    }
}
