package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenEpochsTest {

    private static OpenEpochs of(long lastEpoch, Epoch... open) {
        return new OpenEpochs(new LedgerState(lastEpoch, 1, Map.of(), List.of(open)));
    }

    private static Epoch epoch(long number, TableName... tables) {
        List<StagedFiles> staged = Stream.of(tables)
                .map(table -> new StagedFiles(table, "uuid", new byte[0], 1, 1, 1))
                .toList();
        return new Epoch(number, 1, "plan", number, List.of(), List.of(), staged);
    }

    @Test
    void whatTheLedgerDoesNotNameAsOpenIsSettled() {
        assertThat(of(5).settledThrough()).isEqualTo(5);
        assertThat(of(5, epoch(5)).settledThrough()).isEqualTo(5);
        assertThat(of(5, epoch(4, ORDERS), epoch(5, ORDERS)).settledThrough()).isEqualTo(3);
    }

    @Test
    void anEpochIsSettledWhenItIsInAllItsTables() {
        OpenEpochs open = of(0);
        open.opened(epoch(1, ORDERS, REFUNDS));
        open.landed(ORDERS, 1);
        assertThat(open.settledThrough()).isZero();
        open.landed(REFUNDS, 1);
        assertThat(open.settledThrough()).isEqualTo(1);
    }

    @Test
    void aTableThatIsBehindHoldsAllLaterEpochs() {
        OpenEpochs open = of(0);
        open.opened(epoch(1, ORDERS));
        open.opened(epoch(2, REFUNDS));
        open.opened(epoch(3, ORDERS));
        open.landed(REFUNDS, 2);
        assertThat(open.settledThrough()).isZero();
        open.landed(ORDERS, 3);
        assertThat(open.settledThrough()).isEqualTo(3);
    }

    @Test
    void anEpochWithoutFilesIsSettledAtOnce() {
        OpenEpochs open = of(0);
        open.opened(epoch(1));
        assertThat(open.settledThrough()).isEqualTo(1);
    }

    @Test
    void aPartOfWhatATableLacksSettlesThatPart() {
        OpenEpochs open = of(0);
        for (long number = 1; number <= 9; number++) {
            open.opened(epoch(number, ORDERS));
        }
        open.landed(ORDERS, 4);
        assertThat(open.settledThrough()).isEqualTo(4);
        open.opened(epoch(10, ORDERS, REFUNDS));
        assertThat(open.settledThrough()).isEqualTo(4);
        open.landed(ORDERS, 10);
        assertThat(open.settledThrough()).isEqualTo(9);
    }
}
