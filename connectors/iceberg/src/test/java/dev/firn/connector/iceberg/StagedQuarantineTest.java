package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.reference.Text;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic beside the quarantine table is told what the table lacks, before the table gets it. */
class StagedQuarantineTest {

    private static final TableName QUARANTINE = TestLake.NAMES.quarantine();
    private static final QuarantinePayload NONE = new QuarantinePayload(QuarantineOptions.Payload.NONE, null);

    @TempDir
    Path folder;

    private final Told topic = new Told();
    private TestLake test;
    private IcebergLake lake;

    @BeforeEach
    void open() {
        Map<String, Text> properties = new TreeMap<>();
        CatalogKind.JDBC.properties(folder).forEach((key, value) -> properties.put(key, new Text(value)));
        properties.put("io-impl", new Text(RefusingFileIO.class.getName()));
        CatalogSettings settings = CatalogSettings.resolve(properties, raw -> raw);
        test = new TestLake(CatalogKind.JDBC, folder);
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, commits -> commits);
        Retries retries = new Retries(2, Duration.ofMillis(1));
        lake = new IcebergLake(tables, TestLake.NAMES, retries, Duration.ZERO, TestLake.LIMITS).beside(topic);
        lake.create(lake.quarantineTable());
    }

    @AfterEach
    void close() {
        RefusingFileIO.allow("/firn_quarantine/");
        lake.close();
        test.close();
        assertThat(topic.isClosed).isTrue();
    }

    @Test
    void isToldOfRecordsAsTheyAreStagedWhileTheTableHasThemNot() {
        StagedEpoch first = stage(lake, 1, 17, 18);
        StagedEpoch second = stage(lake, 2, 19);

        lake.commit(QUARANTINE, List.of(first, second));

        assertThat(topic.heard)
                .containsExactly("epoch 1: 17, 18 in order, 0 in the table", "epoch 2: 19 in order, 0 in the table");
        assertThat(test.rows(QUARANTINE)).hasSize(3);
        QuarantineTopic.Entry entry = topic.entries.get(0);
        assertThat(entry.keySchemaId()).isEmpty();
        assertThat(entry.valueSchemaId()).isEqualTo(OptionalInt.of(9));
        assertThat(entry.row().code()).isEqualTo("bad-utf8");
        assertThat(entry.row().table()).contains("sales.orders");
        assertThat(entry.row().message()).isEqualTo("bad at 17");
        assertThat(entry.row().record().key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
        assertThat(entry.row().record().value()).isEqualTo(new byte[] {0, 0, 0, 0, 9, 1});
        assertThat(entry.row().record().timestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(entry.row().record().headers()).extracting(Header::key).containsExactly("trace", "empty");
        assertThat(topic.publication.pipeline()).isEqualTo("shop");
        assertThat(topic.publication.ledger())
                .isEqualTo(LakeTables.operations(test.table(TestLake.NAMES.ledger()))
                        .current()
                        .uuid());
        assertThat(topic.publication.lastEpoch().getAsLong()).isZero();
    }

    @Test
    void isToldNothingOfTheBytesThatTheTableDoesNotKeep() {
        try (TableWriters writers =
                lake.writers(new WriterSettings(1, 0, 0, 1, 1, RowKeys.NONE, NONE.kept(raw -> raw)))) {
            writers.quarantine(List.of(bad(17)));
            lake.commit(QUARANTINE, List.of(new StagedEpoch(1, 1, writers.stage())));
        }

        assertThat(topic.entries).singleElement().satisfies(entry -> {
            assertThat(entry.row().record().key()).isNull();
            assertThat(entry.row().record().value()).isNull();
            assertThat(entry.row().record().headers()).isEmpty();
            assertThat(entry.valueSchemaId()).isEqualTo(OptionalInt.of(9));
        });
    }

    @Test
    void readsAvroToo() {
        Table table = test.table(QUARANTINE);
        table.updateProperties().set("write.format.default", "avro").commit();

        lake.commit(QUARANTINE, List.of(stage(lake, 1, 17, 18)));

        assertThat(topic.heard).containsExactly("epoch 1: 17, 18 in order, 0 in the table");
        assertThat(topic.entries.get(0).row().record().value()).isEqualTo(new byte[] {0, 0, 0, 0, 9, 1});
    }

    @Test
    void isToldOnlyWhatTheTableLacks() {
        StagedEpoch first = stage(lake, 1, 17);
        StagedEpoch second = stage(lake, 2, 18);
        lake.commit(QUARANTINE, List.of(first));
        lake.commit(QUARANTINE, List.of(first, second));

        lake.commit(QUARANTINE, List.of(first, second));

        assertThat(topic.heard)
                .containsExactly("epoch 1: 17 in order, 0 in the table", "epoch 2: 18 in order, 1 in the table");
    }

    @Test
    void holdsTheTableWhereItFails() {
        StagedEpoch first = stage(lake, 1, 17);
        topic.fails = true;

        assertThatThrownBy(() -> lake.commit(QUARANTINE, List.of(first)))
                .isInstanceOf(OutsideException.class)
                .hasMessage("no broker answers in time");

        assertThat(test.rows(QUARANTINE)).isEmpty();
        topic.fails = false;
        lake.commit(QUARANTINE, List.of(first));
        assertThat(topic.heard).containsExactly("epoch 1: 17 in order, 0 in the table");
        assertThat(test.rows(QUARANTINE)).hasSize(1);
    }

    @Test
    void isToldNothingThatTheTableWouldRefuse() {
        StagedEpoch first = stage(lake, 1, 17);
        test.drop(QUARANTINE);
        lake.create(lake.quarantineTable());

        assertThatThrownBy(() -> lake.commit(QUARANTINE, List.of(first))).isInstanceOf(CommitRefused.class);

        assertThat(topic.heard).isEmpty();
    }

    @Test
    void isToldOfWhatWaitedBesideTheLedgerBeforeItIsTakenFromThere() {
        RefusingFileIO.refuse("/firn_quarantine/");
        StagedEpoch held = stage(lake, 1, 17);
        assertThat(HoldingArea.isHeld(StagedManifest.of(held.files().get(0)).path()))
                .isTrue();
        RefusingFileIO.allow("/firn_quarantine/");

        lake.commit(QUARANTINE, List.of(held));

        assertThat(topic.heard).containsExactly("epoch 1: 17 in order, 0 in the table");
        assertThat(test.rows(QUARANTINE)).hasSize(1);
    }

    @Test
    void isToldOfNoOtherTableAndNothingByAReplay() {
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1, 2)));
        Lake replay = lake.replay();
        replay.commit(QUARANTINE, List.of(stage(replay, 1, 17)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.rows(QUARANTINE)).hasSize(1);
        assertThat(topic.heard).isEmpty();
    }

    private static StagedEpoch stage(Lake by, long epoch, long... positions) {
        try (TableWriters writers = by.writers(new WriterSettings(1, 0, 0))) {
            for (long position : positions) {
                writers.quarantine(List.of(bad(position)));
            }
            return new StagedEpoch(1, epoch, writers.stage());
        }
    }

    private static QuarantinedRecord bad(long position) {
        RawRecord record = new RawRecord(
                new Split("kafka", "orders", 3, "topic-1"),
                position,
                1_700_000_000_123L,
                "key".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0, 0, 0, 9, 1},
                List.of(new Header("trace", new byte[] {1, 2}), new Header("empty", null)));
        return new QuarantinedRecord(record, Optional.of("sales.orders"), RejectCode.BAD_UTF8, "bad at " + position);
    }

    /** Writes down what it is told, and how many rows the table has then. */
    private final class Told implements QuarantineTopic {

        private final List<String> heard = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private Publication publication = new Publication("", "", () -> 0, List.of(), (epoch, each) -> {});
        private boolean fails;
        private boolean isClosed;

        @Override
        public void publish(Publication told) {
            if (fails) {
                throw new OutsideException("no broker answers in time");
            }
            publication = told;
            for (long epoch : told.epochs()) {
                List<String> positions = new ArrayList<>();
                told.rows().read(epoch, entry -> {
                    entries.add(entry);
                    positions.add(Long.toString(entry.row().record().position()));
                });
                heard.add("epoch " + epoch + ": " + String.join(", ", positions) + " in order, "
                        + test.rows(QUARANTINE).size() + " in the table");
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
