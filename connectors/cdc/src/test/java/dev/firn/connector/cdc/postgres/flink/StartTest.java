package dev.firn.connector.cdc.postgres.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartTest {

    private static final String ORDERS = "public.orders";
    private static final DatabaseSplits SPLITS = new DatabaseSplits("crm", "7/1/crm");
    private static final int OID = 17_000;
    private static final TablePlace FOLLOWED = place(500, true, 20, 18);

    @Test
    void whatNobodyKnowsBeginsWithItsRows() {
        Start start = start(DatabaseSplit.NEW, Map.of(), ORDERS);

        assertThat(start.isFirst()).isTrue();
        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(0, false, 0, 0)));
    }

    @Test
    void orWithItsChangesWhereTheFileSaysSo() {
        Start start = Start.of(SPLITS, List.of(table(ORDERS, OID)), false, DatabaseSplit.NEW, StartPositions.none());

        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(0, true, 0, 0)));
    }

    @Test
    void theStateSaysItToTheRecord() {
        DatabaseSplit saved = saved(1_000, Map.of(ORDERS, FOLLOWED));

        Start start = start(saved, ledger(1_000, 500, 20), ORDERS);

        assertThat(start.isFirst()).isFalse();
        assertThat(start.split()).isEqualTo(saved);
    }

    @Test
    void aStateAheadOfWhatTheLedgerWasWhenTheRunBeganCounts() {
        DatabaseSplit saved = saved(2_000, Map.of(ORDERS, place(500, true, 40, 40)));

        assertThat(start(saved, ledger(1_000, 500, 20), ORDERS).split()).isEqualTo(saved);
    }

    @Test
    void aLedgerAheadOfTheStateCountsForAllOfIt() {
        DatabaseSplit saved = saved(1_000, Map.of(ORDERS, FOLLOWED));

        Start start = start(saved, ledger(2_000, 500, 44), ORDERS);

        assertThat(start.split().boundary()).isEqualTo(2_000);
        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(500, true, 44, 44)));
    }

    @Test
    void soItDoesWhereItHasMoreChangesOfTheSameTransaction() {
        Start start = start(saved(1_000, Map.of(ORDERS, FOLLOWED)), ledger(1_000, 500, 21), ORDERS);

        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(500, true, 21, 21)));
    }

    @Test
    void rowsThatWereNotReadWholeAreReadAgainWithoutAState() {
        Map<Split, Long> ledger = Map.of(SPLITS.log(), 1_000L, SPLITS.rows(ORDERS, OID), 77L);

        Start start = start(DatabaseSplit.NEW, ledger, ORDERS);

        assertThat(start.split().boundary()).isEqualTo(1_000);
        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(77, false, 0, 0)));
    }

    @Test
    void aTableThatIsNewInTheFileBeginsWithItsRowsAndOneThatIsGoneIsLetGo() {
        DatabaseSplit saved = saved(1_000, Map.of("public.gone", FOLLOWED, ORDERS, FOLLOWED));

        Start start = start(saved, ledger(1_000, 500, 20), ORDERS, "public.refunds");

        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, FOLLOWED, "public.refunds", place(0, false, 0, 0)));
    }

    @Test
    void refusesPositionsOfAnotherDatabase() {
        assertThatThrownBy(() -> start(saved(1_000, Map.of()), ledger(1_000, 500, 20, "7/2/crm"), ORDERS))
                .hasRootCauseMessage(
                        "source `crm` was read from another database, or from this one before a standby took over or it was restored:"
                                + " its positions count in `7/2/crm`, and this one is `7/1/crm`: what has changed since is not known. To read all its rows"
                                + " again, give the source another `name` (and `--allow source-renamed`), and the tables a fresh start: rows that were deleted meanwhile would stay"
                                + " otherwise");
        DatabaseSplit other = new DatabaseSplit("8/1/crm", 1_000, new TreeMap<>());
        assertThatThrownBy(() -> start(other, Map.of(), ORDERS)).hasRootCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void refusesATableThatWasMadeAnew() {
        String said =
                "table `public.orders` was dropped and made anew, or another has its name now: the positions of source `crm` count in the one of"
                        + " before; to read this one from its first row, name it in a source of its own";
        List<SourceTable> other = List.of(table(ORDERS, OID + 1));
        DatabaseSplit saved = saved(1_000, Map.of(ORDERS, FOLLOWED));

        assertThatThrownBy(() -> Start.of(SPLITS, other, true, saved, StartPositions.none()))
                .hasRootCauseMessage(said);
        assertThatThrownBy(() ->
                        Start.of(SPLITS, other, true, DatabaseSplit.NEW, StartPositions.of(ledger(1_000, 500, 20))))
                .hasRootCauseMessage(said);
    }

    @Test
    void rowsThatWereReadByAnotherKeyBeginAnew() {
        TablePlace half = new TablePlace(OID, List.of("legacy_id"), 9, List.of("5000"), false, 0, 0);

        Start start = start(saved(1_000, Map.of(ORDERS, half)), Map.of(), ORDERS);

        assertThat(start.split().tables()).isEqualTo(Map.of(ORDERS, place(9, false, 0, 0)));
    }

    @Test
    void knowsWhoseChangesWereRead() {
        assertThat(start(DatabaseSplit.NEW, ledger(1_000, 500, 20), ORDERS, "public.refunds")
                        .followed())
                .containsExactly(ORDERS);
        assertThat(start(saved(1_000, Map.of(ORDERS, FOLLOWED)), Map.of(), ORDERS)
                        .followed())
                .containsExactly(ORDERS);
        assertThat(Start.of(SPLITS, List.of(table(ORDERS, OID)), false, DatabaseSplit.NEW, StartPositions.none())
                        .followed())
                .isEmpty();
    }

    private static TablePlace place(long rows, boolean isComplete, long changes, long changesAtBoundary) {
        return new TablePlace(OID, List.of("id"), rows, null, isComplete, changes, changesAtBoundary);
    }

    private static SourceTable table(String name, int oid) {
        return new SourceTable(
                oid,
                "public",
                name.substring("public.".length()),
                SourceTable.ReplicaIdentity.DEFAULT,
                List.of(),
                List.of("id"));
    }

    private static Start start(DatabaseSplit saved, Map<Split, Long> ledger, String... tables) {
        return Start.of(
                SPLITS,
                Stream.of(tables).map(name -> table(name, OID)).toList(),
                true,
                saved,
                StartPositions.of(ledger));
    }

    private static DatabaseSplit saved(long boundary, Map<String, TablePlace> tables) {
        SortedMap<String, TablePlace> sorted = new TreeMap<>(tables);
        return new DatabaseSplit(SPLITS.incarnation(), boundary, sorted);
    }

    private static Map<Split, Long> ledger(long log, long rows, long changes) {
        return ledger(log, rows, changes, SPLITS.incarnation());
    }

    private static Map<Split, Long> ledger(long log, long rows, long changes, String incarnation) {
        DatabaseSplits splits = new DatabaseSplits("crm", incarnation);
        return Map.of(splits.log(), log, splits.rows(ORDERS, OID), rows, splits.changes(ORDERS, OID), changes);
    }
}
