package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.OtherPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a ledger is, and how one pipeline finds another's. */
class LedgerOwnerTest {

    private static final LakeNames OTHER =
            new LakeNames("web", new TableName("clicks.firn_ledger"), new TableName("clicks.firn_quarantine"));

    @TempDir
    private Path folder;

    private TestLake test;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void refusesALedgerThatIsAnotherPipelines() {
        test.open().ledger();
        LakeNames names = new LakeNames("refunds", TestLake.NAMES.ledger(), TestLake.NAMES.quarantine());
        Lake second = lake(names);

        assertThatThrownBy(second::ledger)
                .isInstanceOf(CommitRefused.class)
                .hasMessage(
                        "the ledger `shop.firn_ledger` is pipeline `shop`'s, and this is pipeline `refunds`: it would go"
                                + " on where the other has got to and pass over records. Name a `sink.namespace` that no other"
                                + " pipeline has; or, if it is `shop` with another name, name it so again");
        assertThat(test.open().ledger().claimRun()).isEqualTo(1);
    }

    @Test
    void aLedgerOfAnOlderFirnBelongsToTheNextPipelineThatRuns() {
        test.open().ledger();
        test.table(TestLake.NAMES.ledger())
                .updateProperties()
                .remove(LedgerMarks.PIPELINE)
                .commit();

        test.open().ledger().claimRun();

        assertThat(test.table(TestLake.NAMES.ledger()).properties()).containsEntry(LedgerMarks.PIPELINE, "shop");
    }

    @Test
    void aTableNamesThePipelinesThatHaveWrittenToItAndTheirLedgers() {
        Lake shop = test.open();
        Lake web = lake(OTHER);
        shop.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        assertThat(web.otherPipelines(TestLake.ORDERS))
                .as("a table that was made and has no rows yet")
                .isEmpty();

        shop.commit(TestLake.ORDERS, List.of(TestLake.stage(shop, 1, 1, 5)));

        assertThat(shop.otherPipelines(TestLake.ORDERS)).isEmpty();
        assertThat(web.otherPipelines(TestLake.ORDERS)).hasSize(1);
        OtherPipeline other = web.otherPipelines(TestLake.ORDERS).get(0);
        assertThat(other.name()).isEqualTo("shop");
        assertThat(other.ledger()).contains(TestLake.NAMES.ledger());
        assertThat(web.otherPipelines(new TableName("sales.none"))).isEmpty();
    }

    @Test
    void anothersLedgerIsReadUntilItIsAnotherOne() {
        Lake shop = test.open();
        Lake web = lake(OTHER);
        shop.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        shop.ledger().claimRun();
        shop.commit(TestLake.ORDERS, List.of(TestLake.stage(shop, 1, 1, 5)));
        OtherPipeline other = web.otherPipelines(TestLake.ORDERS).get(0);

        assertThat(web.ledgerOf(other).map(Ledger::read))
                .get()
                .isEqualTo(shop.ledger().read());

        test.drop(TestLake.NAMES.ledger());
        assertThat(web.ledgerOf(other)).isEmpty();
        test.open().ledger();
        assertThat(web.ledgerOf(other)).as("made anew").isEmpty();
        assertThat(web.ledgerOf(new OtherPipeline("older", Optional.empty(), other.ledgerIncarnation())))
                .isEmpty();
    }

    private Lake lake(LakeNames names) {
        return new IcebergLake(test.tables(), names, new Retries(1, Duration.ZERO), Duration.ZERO, TestLake.LIMITS);
    }
}
