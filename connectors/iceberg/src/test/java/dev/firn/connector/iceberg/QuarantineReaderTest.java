package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.PayloadKey;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's quarantine is read back as it was written, and what was put back is told apart. */
class QuarantineReaderTest {

    private static final Split ORDERS_3 = new Split("kafka", "orders", 3, "topic-1");
    private static final Split REFUNDS_0 = new Split("kafka", "refunds", 0, "topic-2");
    private static final LakeNames ANOTHER =
            new LakeNames("another", new TableName("another.firn_ledger"), TestLake.NAMES.quarantine());

    private static final QuarantinePayload ENCRYPTED =
            new QuarantinePayload(QuarantineOptions.Payload.ENCRYPTED, new Text("${secret:q}"));
    private static final SystemReferences REFERENCES =
            new SystemReferences(Map.of("Q", Base64.getEncoder().encodeToString(new byte[32])), Path.of(""));

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private long epoch;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static QuarantinedRecord bad(Split split, long position, @Nullable String table, RejectCode code) {
        RawRecord record = new RawRecord(
                split,
                position,
                1_700_000_000_123L,
                "key".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0, 0, 0, 9, 1},
                List.of(new Header("trace", new byte[] {1, 2}), new Header("empty", null)));
        return new QuarantinedRecord(record, Optional.ofNullable(table), code, "bad at " + position);
    }

    private void write(Lake by, QuarantinedRecord... records) {
        write(by, new WriterSettings(1, 0, 0), records);
    }

    private void write(Lake by, WriterSettings settings, QuarantinedRecord... records) {
        if (by.table(TestLake.NAMES.quarantine()).isEmpty()) {
            by.create(by.quarantineTable());
        }
        try (TableWriters writers = by.writers(settings)) {
            writers.quarantine(List.of(records));
            by.commit(TestLake.NAMES.quarantine(), List.of(new StagedEpoch(1, ++epoch, writers.stage())));
        }
    }

    private void putBack(QuarantinedRow... rows) {
        Lake replay = test.open(TestLake.NAMES.replay());
        replay.create(replay.replayedTable());
        try (TableWriters writers = replay.writers(new WriterSettings(1, 0, 0))) {
            writers.replayed(List.of(rows));
            replay.commit(TestLake.NAMES.replayed(), List.of(new StagedEpoch(1, ++epoch, writers.stage())));
        }
    }

    private List<QuarantinedRow> read(QuarantineSelection selection) {
        List<QuarantinedRow> rows = new ArrayList<>();
        lake.quarantined(selection, rows::add);
        return rows;
    }

    private List<Long> positions(QuarantineSelection selection) {
        return read(selection).stream()
                .map(row -> row.record().position())
                .sorted()
                .toList();
    }

    private static QuarantineSelection of(Set<String> codes, Set<String> tables, Set<String> streams) {
        return new QuarantineSelection(codes, Set.of(), tables, streams, Optional.empty(), Payload.LEFT);
    }

    @Test
    void withoutPayloadNothingOfARecordIsKeptButWhereItStandsAndWhatItWasWrittenWith() {
        WriterSettings without = new WriterSettings(1, 0, 0, 1, 1, RowKeys.NONE, KeptBytes.NONE);
        write(lake, without, bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8));

        assertThat(read(QuarantineSelection.all(Payload.READ))).singleElement().satisfies(row -> {
            assertThat(row.record().key()).isNull();
            assertThat(row.record().value()).isNull();
            assertThat(row.record().headers()).isEmpty();
            assertThat(row.record().position()).isEqualTo(17);
            assertThat(row.message()).isEqualTo("bad at 17");
        });
        Table table = test.table(TestLake.NAMES.quarantine());
        assertThat(IcebergGenerics.read(table).build())
                .singleElement()
                .satisfies(row -> assertThat(row.getField("value_schema_id")).isEqualTo(9));
    }

    private static WriterSettings encrypting() {
        return new WriterSettings(1, 0, 0, 1, 1, RowKeys.NONE, ENCRYPTED.kept(REFERENCES));
    }

    @Test
    void encryptedNothingOfARecordIsInClearButWhereItStandsAndTheNamesOfItsHeaders() {
        write(lake, encrypting(), bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8));

        Table table = test.table(TestLake.NAMES.quarantine());
        assertThat(IcebergGenerics.read(table).build()).singleElement().satisfies(row -> {
            assertThat(row.getField("value_schema_id")).isEqualTo(9);
            assertThat((ByteBuffer) row.getField("key"))
                    .satisfies(bytes -> assertThat(bytes.remaining()).isEqualTo(12 + 3 + 16));
            assertThat(row.getField("encrypted_with"))
                    .isEqualTo(PayloadKey.of(ENCRYPTED.key().orElseThrow(), "key", REFERENCES)
                            .fingerprint());
            assertThat(row.toString()).contains("trace");
        });
        QuarantinedRow sealed = read(QuarantineSelection.all(Payload.READ)).get(0);
        assertThat(sealed.record().value()).hasSize(12 + 6 + 16);
        assertThat(sealed.record().headers().get(0).value()).hasSize(12 + 2 + 16);
        RawRecord opened =
                new PayloadOpener(ENCRYPTED, REFERENCES).opened(sealed).record();
        assertThat(opened.key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
        assertThat(opened.value()).containsExactly(0, 0, 0, 0, 9, 1);
        assertThat(opened.headers()).extracting(Header::value).containsExactly(new byte[] {1, 2}, null);
    }

    @Test
    void whoWantsNoBytesNeedsNoKeyAndIsToldWhichItIs() {
        write(lake, encrypting(), bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8));
        write(lake, bad(ORDERS_3, 18, "sales.orders", RejectCode.BAD_UTF8));

        assertThat(read(QuarantineSelection.all(Payload.LEFT)))
                .extracting(row -> row.record().position(), row -> row.encryptedWith()
                        .isPresent())
                .containsExactlyInAnyOrder(tuple(17L, true), tuple(18L, false));
    }

    @Test
    void aTableOfBeforeGetsNothingThatNobodyCouldTellToBeEncrypted() {
        lake.create(lake.quarantineTable());
        test.table(TestLake.NAMES.quarantine())
                .updateSchema()
                .deleteColumn("encrypted_with")
                .commit();

        assertThatThrownBy(() -> write(lake, encrypting(), bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8)))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "table `" + TestLake.NAMES.quarantine() + "` is from before records could be encrypted and"
                                + " has no column `encrypted_with`: add it as a string, or name another `table` in `quarantine`");
        write(lake, bad(ORDERS_3, 18, "sales.orders", RejectCode.BAD_UTF8));
        assertThat(positions(QuarantineSelection.all(Payload.READ))).containsExactly(18L);
    }

    @Test
    void aColumnOfThatNameThatIsAnotherIsRefusedByWhoWritesAndWhoReads() {
        lake.create(lake.quarantineTable());
        write(lake, bad(ORDERS_3, 16, "sales.orders", RejectCode.BAD_UTF8));
        Table table = test.table(TestLake.NAMES.quarantine());
        table.updateSchema().deleteColumn("encrypted_with").commit();
        table.updateSchema().addColumn("encrypted_with", Types.LongType.get()).commit();
        String says = "table `" + TestLake.NAMES.quarantine()
                + "` has a column `encrypted_with` of its own, an optional long, and Firn has an optional string of"
                + " that name there: rename it, or name another table";

        assertThatThrownBy(() -> write(lake, encrypting(), bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8)))
                .isInstanceOf(OutsideException.class)
                .hasMessage(says);
        assertThatThrownBy(() -> write(lake, bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8)))
                .hasMessage(says);
        assertThatThrownBy(() -> read(QuarantineSelection.all(Payload.READ))).hasMessage(says);
        assertThatThrownBy(() -> PayloadKey.requireColumn(
                        TestLake.NAMES.quarantine(),
                        lake.table(TestLake.NAMES.quarantine()).orElseThrow().schema()))
                .isInstanceOf(OutsideException.class)
                .hasMessageStartingWith("column `encrypted_with` of table `" + TestLake.NAMES.quarantine()
                        + "` is an optional long, and has to be an optional string");
    }

    @Test
    void readsARecordAsItWas() {
        Instant before = Instant.now();
        write(lake, bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8));

        List<QuarantinedRow> rows = read(QuarantineSelection.all(Payload.READ));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.at()).isAfter(before.minusSeconds(1)).isBefore(before.plus(Duration.ofMinutes(1)));
            assertThat(row.pipeline()).isEqualTo("shop");
            assertThat(row.run()).isEqualTo(1);
            assertThat(row.record().split()).isEqualTo(ORDERS_3);
            assertThat(row.record().position()).isEqualTo(17);
            assertThat(row.record().timestamp()).isEqualTo(1_700_000_000_123L);
            assertThat(row.record().key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
            assertThat(row.record().value()).containsExactly(0, 0, 0, 0, 9, 1);
            assertThat(row.record().valueSchemaId()).isEqualTo(9);
            assertThat(row.record().headers()).hasSize(2);
            assertThat(row.record().headers().get(0).key()).isEqualTo("trace");
            assertThat(row.record().headers().get(0).value()).containsExactly(1, 2);
            assertThat(row.record().headers().get(1).value()).isNull();
            assertThat(row.table()).contains("sales.orders");
            assertThat(row.code()).isEqualTo("bad-utf8");
            assertThat(row.message()).isEqualTo("bad at 17");
            assertThat(row.replayed()).isEmpty();
        });
    }

    @Test
    void leavesTheBytesWhereNobodyWantsThem() {
        write(lake, bad(ORDERS_3, 17, "sales.orders", RejectCode.BAD_UTF8));

        assertThat(read(QuarantineSelection.all(Payload.LEFT))).singleElement().satisfies(row -> {
            assertThat(row.record().value()).isNull();
            assertThat(row.record().headers()).isEmpty();
            assertThat(row.record().position()).isEqualTo(17);
        });
    }

    @Test
    void choosesByCodeTableStreamAndTime() {
        write(
                lake,
                bad(ORDERS_3, 1, "sales.orders", RejectCode.BAD_UTF8),
                bad(ORDERS_3, 2, "sales.copies", RejectCode.BAD_UTF8),
                bad(REFUNDS_0, 3, "sales.refunds", RejectCode.TRUNCATED_PAYLOAD),
                bad(REFUNDS_0, 4, null, RejectCode.UNROUTED));

        assertThat(positions(of(Set.of("bad-utf8"), Set.of(), Set.of()))).containsExactly(1L, 2L);
        assertThat(positions(of(Set.of("bad-utf8", "unrouted"), Set.of(), Set.of())))
                .containsExactly(1L, 2L, 4L);
        assertThat(positions(of(Set.of(), Set.of("sales.copies"), Set.of()))).containsExactly(2L);
        assertThat(positions(of(Set.of(), Set.of(), Set.of("refunds")))).containsExactly(3L, 4L);
        assertThat(positions(of(Set.of("bad-utf8"), Set.of(), Set.of("refunds"))))
                .isEmpty();
        assertThat(positions(since(Instant.now().minusSeconds(60)))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(positions(since(Instant.now().plusSeconds(60)))).isEmpty();
    }

    @Test
    void knowsWhichRuleARecordBreaks() {
        QuarantinedRecord bad = bad(ORDERS_3, 1, "sales.orders", RejectCode.RULE_BROKEN);
        write(
                lake,
                new QuarantinedRecord(bad.record(), bad.table(), bad.code(), Optional.of("positive"), "it is not"),
                bad(ORDERS_3, 2, "sales.orders", RejectCode.RULE_BROKEN));

        assertThat(read(ofRule("positive"))).singleElement().satisfies(row -> assertThat(row.rule())
                .contains("positive"));
        assertThat(positions(ofRule("other"))).isEmpty();
        assertThat(positions(QuarantineSelection.all(Payload.LEFT))).containsExactly(1L, 2L);
    }

    @Test
    void aTableFromBeforeThereWereRulesIsWrittenAndReadAsItIs() {
        lake.create(lake.quarantineTable());
        test.table(TestLake.NAMES.quarantine())
                .updateSchema()
                .deleteColumn("rule")
                .commit();
        QuarantinedRecord bad = bad(ORDERS_3, 1, "sales.orders", RejectCode.RULE_BROKEN);

        write(lake, new QuarantinedRecord(bad.record(), bad.table(), bad.code(), Optional.of("positive"), "it is not"));

        assertThat(read(QuarantineSelection.all(Payload.READ))).singleElement().satisfies(row -> {
            assertThat(row.rule()).isEmpty();
            assertThat(row.message()).isEqualTo("it is not");
            assertThat(row.record().headers()).hasSize(2);
        });
        assertThatThrownBy(() -> positions(ofRule("positive"))).hasMessageContaining("has no column `rule`");
    }

    private static QuarantineSelection ofRule(String rule) {
        return new QuarantineSelection(Set.of(), Set.of(rule), Set.of(), Set.of(), Optional.empty(), Payload.LEFT);
    }

    private static QuarantineSelection since(Instant time) {
        return new QuarantineSelection(Set.of(), Set.of(), Set.of(), Set.of(), Optional.of(time), Payload.LEFT);
    }

    @Test
    void tellsOfNoOtherPipelineInTheSameTable() {
        write(lake, bad(ORDERS_3, 1, "sales.orders", RejectCode.BAD_UTF8));
        write(test.open(ANOTHER), bad(ORDERS_3, 2, "sales.orders", RejectCode.BAD_UTF8));

        assertThat(positions(QuarantineSelection.all(Payload.LEFT))).containsExactly(1L);
    }

    @Test
    void tellsOfWhatWasRefusedAgainWhenItWasPutBack() {
        write(test.open(TestLake.NAMES.replay()), bad(ORDERS_3, 2, "sales.orders", RejectCode.BAD_UTF8));

        assertThat(positions(QuarantineSelection.all(Payload.LEFT))).containsExactly(2L);
    }

    @Test
    void saysWhatWasPutBackAndTakesNothingElseForIt() {
        write(
                lake,
                bad(ORDERS_3, 1, "sales.orders", RejectCode.BAD_UTF8),
                bad(ORDERS_3, 1, "sales.copies", RejectCode.BAD_UTF8),
                bad(ORDERS_3, 2, "sales.orders", RejectCode.BAD_UTF8),
                bad(REFUNDS_0, 1, "sales.orders", RejectCode.BAD_UTF8),
                bad(REFUNDS_0, 9, null, RejectCode.UNROUTED));
        QuarantinedRow[] back = read(QuarantineSelection.all(Payload.READ)).stream()
                .filter(row -> row.table().isEmpty()
                        || (row.record().split().equals(ORDERS_3)
                                && row.record().position() == 1
                                && row.table().get().equals("sales.orders")))
                .toArray(QuarantinedRow[]::new);

        putBack(back);

        assertThat(read(QuarantineSelection.all(Payload.LEFT)).stream()
                        .filter(row -> row.replayed().isPresent())
                        .map(row -> row.record().split() + "@" + row.record().position() + " "
                                + row.table().orElse("-")))
                .containsExactlyInAnyOrder("kafka/orders-3@1 sales.orders", "kafka/refunds-0@9 -");
        assertThat(read(QuarantineSelection.all(Payload.LEFT))).hasSize(5);
    }

    @Test
    void readsNothingWhereThereIsNoQuarantine() {
        assertThat(read(QuarantineSelection.all(Payload.READ))).isEmpty();
    }

    @Test
    void saysWhichColumnSomebodyHasTaken() {
        write(lake, bad(ORDERS_3, 1, "sales.orders", RejectCode.BAD_UTF8));
        test.table(TestLake.NAMES.quarantine())
                .updateSchema()
                .deleteColumn("message")
                .commit();

        assertThatThrownBy(() -> read(QuarantineSelection.all(Payload.READ)))
                .isInstanceOf(OutsideException.class)
                .hasMessage("table `shop.firn_quarantine` lacks the column `message string` that Firn reads there");
    }
}
