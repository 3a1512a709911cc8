package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still to be committed to a table, as a commit would find it. */
class LackedEpochsTest {

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private boolean lacks(StagedEpoch... epochs) {
        return lake.lacks(TestLake.ORDERS, List.of(epochs));
    }

    @Test
    void anEpochIsLackedUntilItIsCommitted() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);

        assertThat(lacks(first, second)).isTrue();
        lake.commit(TestLake.ORDERS, List.of(first));
        assertThat(lacks(first)).isFalse();
        assertThat(lacks(first, second)).isTrue();
        lake.commit(TestLake.ORDERS, List.of(second));
        assertThat(lacks(first, second)).isFalse();
    }

    @Test
    void whatTheOwnerOfATableMadeAnewHasAbandonedIsNotLacked() {
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1);
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

        assertThatThrownBy(() -> lacks(staged)).isInstanceOf(TableRecreated.class);
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("firn.shop.abandoned-through", "1")
                .commit();
        assertThat(lacks(staged)).isFalse();
        lake.commit(TestLake.ORDERS, List.of(staged));
        assertThat(lacks(staged)).as("a commit has nothing to mark").isFalse();
    }

    @Test
    void aTableWithoutRowsInAnEpochLacksNothing() {
        StagedFiles none = new StagedFiles(TestLake.ORDERS, "uuid-1", new byte[0], 0, 0, 0);
        assertThat(lacks(new StagedEpoch(1, 1, List.of(none)))).isFalse();
    }

    @Test
    void whatTakesTheTableBackIsLackedUntilItHas() {
        StagedFiles back = new StagedFiles(TestLake.ORDERS, "uuid-1", new RewindPointer(1, 1, 2).encode(), 0, 0, 0);
        assertThat(lacks(new StagedEpoch(1, 2, List.of(back)))).isTrue();

        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 3, 1)));
        assertThat(lacks(new StagedEpoch(1, 2, List.of(back)))).isFalse();
    }

    @Test
    void ofATableThatIsGoneNobodyKnows() {
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1);
        test.drop(TestLake.ORDERS);
        assertThatThrownBy(() -> lacks(staged)).isInstanceOf(OutsideException.class);
    }
}
