package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.cluster.LedgerView.LastRows;
import dev.firn.cli.run.Account;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerViewTest {

    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-id");
    private static final TableName ORDERS = new TableName("shop.orders");
    private static final TableName OLD = new TableName("shop.old");

    @Test
    void addsUpTheNewestRunAloneAndKnowsEachTablesLastRows() {
        LedgerView view = view(
                epoch(1, 1, 100, OLD, Optional.empty()),
                epoch(2, 2, 10, ORDERS, Optional.empty()),
                epoch(3, 2, 5, ORDERS, Optional.empty()));

        assertThat(view.run()).isEqualTo(2);
        assertThat(view.account().total(Account.Line::written)).isEqualTo(15);
        assertThat(view.account().balances()).isTrue();
        assertThat(view.last()).hasValue(at(3));
        assertThat(view.tables())
                .containsOnly(Map.entry(OLD, new LastRows(1, at(1))), Map.entry(ORDERS, new LastRows(3, at(3))));
    }

    @Test
    void leavesOutWhatWasTakenBack() {
        LedgerView view = view(
                epoch(1, 1, 100, ORDERS, Optional.empty()), epoch(2, 1, 10, ORDERS, Optional.of(new Rewound(1, 3, 2))));

        assertThat(view.account().total(Account.Line::written)).isEqualTo(100);
        assertThat(view.tables()).containsOnly(Map.entry(ORDERS, new LastRows(1, at(1))));
        assertThat(view.last()).hasValue(at(1));
    }

    @Test
    void hasNothingBeforeTheFirstEpoch() {
        LedgerView view = view();

        assertThat(view.run()).isZero();
        assertThat(view.last()).isEmpty();
        assertThat(view.account().streams()).isEmpty();
    }

    private static LedgerView view(WrittenEpoch... epochs) {
        return LedgerView.of(new LedgerState(epochs.length, 2, Map.of(), List.of()), each -> List.of(epochs)
                .forEach(each));
    }

    private static WrittenEpoch epoch(
            long number, long run, long records, TableName table, Optional<Rewound> takenBack) {
        Epoch epoch = new Epoch(
                number,
                run,
                "hash",
                number,
                List.of(new SplitProgress(SPLIT, 0, records, records)),
                List.of(new OutcomeCount(SPLIT, Outcome.ROUTED, table.full(), "", records)),
                List.of(new StagedFiles(table, "uuid", new byte[0], 1, records, 4711)));
        return new WrittenEpoch(epoch, number, at(number), takenBack, Optional.empty());
    }

    private static Instant at(long number) {
        return Instant.EPOCH.plusSeconds(number);
    }
}
