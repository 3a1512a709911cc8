package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer costs and how long it is good for depends on whom it was had from. */
class DecodersTest {

    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    Path folder;

    private TestLake test;
    private TargetTable table;
    private static final RawRecord FIRST = new RawRecord(ListedRows.SPLIT, 0, 0, null, null, List.of());

    private final ListedRows format = ListedRows.ofNumbers(1);
    private int asked;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        test.create(TestLake.ORDERS, TestLake.ONE_NUMBER);
        table = new TargetTable(
                TestLake.ORDERS,
                test.table(TestLake.ORDERS),
                TestLake.NAMES,
                new WriterSettings(1, 0, 0),
                test.tables());
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whatTheCatalogWasAskedForIsAskedAgainOnlyAfterAWhile() {
        assertThat(askedTwice(RejectCode.SCHEMA_CHANGE_REFUSED, LONG)).isEqualTo(1);
        assertThat(askedTwice(RejectCode.SCHEMA_CHANGE_REFUSED, Duration.ZERO)).isEqualTo(2);
        assertThat(askedTwice(RejectCode.TABLE_GONE, LONG)).isEqualTo(1);
        assertThat(askedTwice(RejectCode.TABLE_GONE, Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void whatFollowsFromTheColumnsIsAskedOnceAndWhatTheRegistryMayLearnEachTime() {
        assertThat(askedTwice(RejectCode.SCHEMA_NOT_IN_TABLE, Duration.ZERO)).isEqualTo(1);
        assertThat(askedTwice(RejectCode.UNKNOWN_SCHEMA_ID, LONG)).isEqualTo(2);
    }

    @Test
    void aRefusalIsForgottenWithTheTable() {
        Decoders decoders = decoders(RejectCode.SCHEMA_CHANGE_REFUSED, LONG);
        ask(decoders);

        decoders.forget(TestLake.ORDERS);
        ask(decoders);

        assertThat(asked).isEqualTo(2);
    }

    private int askedTwice(RejectCode code, Duration freshFor) {
        asked = 0;
        Decoders decoders = decoders(code, freshFor);
        ask(decoders);
        ask(decoders);
        return asked;
    }

    private Decoders decoders(RejectCode code, Duration freshFor) {
        return new Decoders(
                (target, format, schemaId, first) -> {
                    asked++;
                    throw new Rejected(code, "no");
                },
                freshFor);
    }

    private void ask(Decoders decoders) {
        assertThatThrownBy(() -> decoders.decoder(table, format, 1, FIRST)).isInstanceOf(Rejected.class);
    }
}
