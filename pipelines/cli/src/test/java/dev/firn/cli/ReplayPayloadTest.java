package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.quarantine.ShowJson;
import dev.firn.cli.quarantine.ShowText;
import dev.firn.cli.quarantine.ShownRow;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.PipelineRun;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.testing.Registry;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the bytes of a record that a replay itself sends to quarantine: it had no table, and has two by now, of which one takes it and
 * the other does not.
 */
class ReplayPayloadTest {

    private static final TableName ORDERS = new TableName("sales.orders");
    private static final TableName STRICT = new TableName("sales.strict");
    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-1");
    private static final byte[] VALUE = {0, 0, 0, 0, 101, 14};
    private static final String ENCRYPTED = "quarantine: {payload: encrypted, key: \"${secret:q}\"}";

    private static final Observer NOBODY = new Observer() {
        @Override
        public void says(String line) {
            // It says nothing.
        }

        @Override
        public void at(Progress progress) {
            // It never gets anywhere.
        }
    };

    @TempDir
    private Path folder;

    private final Registry registry = new Registry();
    private final String key =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private final String otherKey = Base64.getEncoder().encodeToString(new byte[32]);
    private long epoch;

    @BeforeEach
    void register() {
        registry.register(
                "orders-value",
                "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"id\", \"type\": \"long\"}]}");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** A file as it is now, and a process with these secrets. */
    private final class Opened implements AutoCloseable {

        private final SystemReferences references;
        private final PipelineFile file;
        private final PipelinePlan plan;
        private final LivePlanContext context;

        private Opened(String quarantine, Map<String, String> secrets) throws Exception {
            Path path = Files.writeString(
                    folder.resolve("orders.yaml"),
                    """
                    pipeline: {name: shop}
                    source:
                      type: kafka
                      topics: [orders]
                      properties: {bootstrap.servers: "nowhere:9092"}
                      format: {type: avro, registry: {url: "REGISTRY"}}
                    route:
                      - {from: orders, to: [sales.orders, sales.strict]}
                    tables:
                      - {table: sales.strict, expect: {small: id < 5}}
                    sink: {type: iceberg, namespace: sales, catalog: {type: hadoop, warehouse: "LAKE"}}
                    """
                                    .replace("REGISTRY", registry.url())
                                    .replace(
                                            "LAKE",
                                            folder.resolve("lake")
                                                    .toAbsolutePath()
                                                    .toUri()
                                                    .toString())
                            + quarantine + "\n");
            references = new SystemReferences(secrets, Path.of(""));
            file = new EnvironmentArgument().pipeline(path);
            PipelineDefinition definition = file.read().orElseThrow();
            plan = file.planOffline(definition).orElseThrow();
            context = LivePlanContext.open(definition, file.connectors(), references, new Diagnostics());
        }

        private Lake lake() {
            return context.lake().orElseThrow();
        }

        private KeptBytes kept() {
            return plan.sink().payload().kept(references);
        }

        /** As a job whose file did not route the stream. */
        private void quarantine(long position) {
            quarantine(position, kept());
        }

        private void quarantine(long position, KeptBytes kept) {
            if (lake().table(ORDERS).isEmpty()) {
                Column id = Column.required("id", Primitive.LONG);
                for (TableName table : List.of(ORDERS, STRICT)) {
                    lake().create(new TableSpec(table, new TableSchema(List.of(id)), List.of(), new TreeMap<>()));
                }
                lake().create(lake().quarantineTable());
                lake().ledger().claimRun();
            }
            RawRecord record = new RawRecord(
                    SPLIT,
                    position,
                    0,
                    "k".getBytes(StandardCharsets.UTF_8),
                    VALUE,
                    List.of(new Header("trace", new byte[] {1})));
            TableName quarantine = plan.sink().names().quarantine();
            try (TableWriters writers = lake().writers(new WriterSettings(1, 0, 0, 1, 1, RowKeys.NONE, kept))) {
                writers.quarantine(List.of(new QuarantinedRecord(
                        record, Optional.empty(), RejectCode.UNROUTED, "no route names the stream `orders`")));
                lake().commit(quarantine, List.of(new StagedEpoch(1, ++epoch, writers.stage())));
            }
        }

        private Optional<Replayed> replay() throws Exception {
            return replay(QuarantineSelection.all(Payload.READ));
        }

        private Optional<Replayed> replay(QuarantineSelection selection) throws Exception {
            Screen screen = new Screen(
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new ByteArrayInputStream(new byte[0]),
                    Map.of());
            return new ReplayRun(screen, file, plan, context, references)
                    .run(lake(), selection, PlannedPolicies.in(plan));
        }

        private void putsOneBack(QuarantineSelection... selection) throws Exception {
            Replayed replayed = (selection.length == 0 ? replay() : replay(selection[0])).orElseThrow();
            assertThat(replayed.putBack()).as(replayed.examples().toString()).isEqualTo(1);
        }

        private List<QuarantinedRow> waiting() {
            List<QuarantinedRow> rows = new ArrayList<>();
            lake().quarantined(QuarantineSelection.all(Payload.READ), row -> {
                if (row.replayed().isEmpty()) {
                    rows.add(row);
                }
                return true;
            });
            return rows;
        }

        private List<Object> ids(TableName table) {
            List<Object> ids = new ArrayList<>();
            lake().read(table, List.of("id"), row -> ids.add(row.get(0)));
            return ids;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Test
    void isAsItCameUnlessTheFileSaysOtherwise() throws Exception {
        try (Opened raw = new Opened("", Map.of())) {
            raw.quarantine(3);
            raw.putsOneBack();

            assertThat(raw.waiting()).singleElement().satisfies(row -> {
                assertThat(row.table()).contains(STRICT.full());
                assertThat(row.code()).isEqualTo("rule-broken");
                assertThat(row.pipeline()).isEqualTo("shop.replay");
                assertThat(row.record().value()).isEqualTo(VALUE);
                assertThat(row.record().headers()).hasSize(1);
                assertThat(row.encryptedWith()).isEmpty();
            });
        }
    }

    @Test
    void isNotKeptWhereTheFileSaysNoneByNow() throws Exception {
        try (Opened raw = new Opened("", Map.of())) {
            raw.quarantine(3);
        }
        try (Opened none = new Opened("quarantine: {payload: none}", Map.of())) {
            none.putsOneBack();

            assertThat(none.ids(ORDERS)).containsExactly(7L);
            assertThat(none.waiting()).singleElement().satisfies(row -> {
                assertThat(row.table()).contains(STRICT.full());
                assertThat(row.record().key()).isNull();
                assertThat(row.record().value()).isNull();
                assertThat(row.record().headers()).isEmpty();
            });
            Replayed again = none.replay().orElseThrow();
            assertThat(again.putBack()).isZero();
            assertThat(again.refused()).isEqualTo(1);
            assertThat(again.examples().toString()).contains("they are not kept with `payload: none`");
        }
    }

    @Test
    void isEncryptedWhereTheFileSaysSoByNow() throws Exception {
        try (Opened raw = new Opened("", Map.of())) {
            raw.quarantine(3);
        }
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.putsOneBack();

            assertThat(encrypted.ids(ORDERS)).containsExactly(7L);
            QuarantinedRow row = encrypted.waiting().get(0);
            assertThat(row.encryptedWith()).isEqualTo(encrypted.kept().encryptedWith());
            assertThat(row.record().value()).hasSize(12 + VALUE.length + 16);
            assertThat(new PayloadOpener(encrypted.plan.sink().payload(), encrypted.references)
                            .opened(row)
                            .record()
                            .value())
                    .isEqualTo(VALUE);
        }
    }

    @Test
    void whatIsEncryptedIsPutBackWithItsKey() throws Exception {
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.quarantine(3);
            assertThat(encrypted.waiting().get(0).record().value()).isNotEqualTo(VALUE);

            encrypted.putsOneBack();

            assertThat(encrypted.ids(ORDERS)).containsExactly(7L);
        }
    }

    @Test
    void nothingBeginsWithAnotherKeyOrNoneOrWhatIsNoKey() throws Exception {
        String fingerprint;
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.quarantine(3);
            fingerprint = encrypted.kept().encryptedWith().orElseThrow();
        }
        try (Opened before = new Opened("", Map.of())) {
            before.quarantine(4);
        }
        try (Opened other = new Opened(ENCRYPTED, Map.of("Q", otherKey))) {
            assertThatThrownBy(other::replay)
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("nothing is put back: of 2 records that wait 1 can't be opened: records are encrypted"
                            + " with the key of fingerprint `" + fingerprint + "`, and `${secret:q}` is the key of"
                            + " fingerprint `"
                            + other.kept().encryptedWith().orElseThrow()
                            + "`: add the secret of then to `old-keys` of `quarantine`");
        }
        try (Opened keyless = new Opened("", Map.of())) {
            assertThatThrownBy(keyless::replay).hasMessageContaining("and the file has none: say `payload: encrypted`");
        }
        try (Opened missing = new Opened(ENCRYPTED, Map.of())) {
            assertThatThrownBy(missing::replay).isInstanceOf(UnresolvedReference.class);
        }
        try (Opened wrong = new Opened(ENCRYPTED, Map.of("Q", "a pass phrase"))) {
            assertThatThrownBy(wrong::replay).hasMessageContaining("is not the base64 of 32 bytes");
            assertThat(wrong.ids(ORDERS)).isEmpty();
            assertThat(wrong.lake().table(wrong.plan.sink().names().replay().ledger()))
                    .isEmpty();
        }
    }

    /** What was done to one row keeps no other from its table, and a second replay says the same. */
    @Test
    void aRowThatWasChangedStaysAndTheOthersArePutBack() throws Exception {
        String fingerprint;
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.quarantine(3);
            encrypted.quarantine(5);
            fingerprint = encrypted.kept().encryptedWith().orElseThrow();
            KeptBytes changed = new KeptBytes() {
                @Override
                public RawRecord of(RawRecord record) {
                    return record;
                }

                @Override
                public Optional<String> encryptedWith() {
                    return Optional.of(fingerprint);
                }
            };
            encrypted.quarantine(4, changed);

            for (int time = 1; time <= 2; time++) {
                Replayed replayed = encrypted
                        .replay(new QuarantineSelection(
                                Set.of("unrouted"), Set.of(), Set.of(), Set.of(), Optional.empty(), Payload.READ))
                        .orElseThrow();

                assertThat(replayed.putBack()).isEqualTo(time == 1 ? 2 : 0);
                assertThat(replayed.examples().toString()).contains("orders-0@4 of the quarantine can't be opened");
                assertThat(replayed.counts().get(new Replayed.Line("", "unrouted")))
                        .extracting(Replayed.Count::refused)
                        .isEqualTo(time == 1 ? 3L : 1L);
                assertThat(encrypted.ids(ORDERS)).containsExactly(7L, 7L);
            }
        }
    }

    @Test
    void aRunLooksAtTheKeyBeforeThereIsAnything() throws Exception {
        try (Opened wrong = new Opened(ENCRYPTED, Map.of("Q", "a pass phrase"))) {
            PlannedPipeline planned = new PlannedPipeline(
                    wrong.file.read().orElseThrow(),
                    wrong.plan,
                    wrong.lake(),
                    wrong.file.connectors(),
                    wrong.references);
            Set<Path> before = files();

            assertThatThrownBy(() -> new PipelineRun(
                                    planned,
                                    RunOptions.of(RunOptions.Until.CAUGHT_UP, new ResumeFrom.Newest(), Set.of()),
                                    NOBODY)
                            .run())
                    .hasMessageContaining("is not the base64 of 32 bytes");

            assertThat(files()).isEqualTo(before);
        }
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    void allFingerprintsAreNamedThatHaveNoKey() throws Exception {
        List<String> fingerprints = new ArrayList<>();
        long position = 3;
        for (String one : List.of(key, otherKey)) {
            try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", one))) {
                encrypted.quarantine(position++);
                fingerprints.add(encrypted.kept().encryptedWith().orElseThrow());
            }
        }
        try (Opened keyless = new Opened("", Map.of())) {
            assertThatThrownBy(keyless::replay)
                    .hasMessageContaining("of 2 records that wait 2 can't be opened: ")
                    .hasMessageContaining(fingerprints.get(0))
                    .hasMessageContaining(fingerprints.get(1));
        }
    }

    @Test
    void aRecordOfAnotherKeyIsShownWithoutItsBytes() throws Exception {
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.quarantine(3);
        }
        try (Opened other = new Opened(ENCRYPTED, Map.of("Q", otherKey))) {
            QuarantinedRow row = other.waiting().get(0);
            ShownRow shown =
                    ShownRow.of(row, new PayloadOpener(other.plan.sink().payload(), other.references));

            assertThat(ShowText.write(List.of(shown), "shop.yaml"))
                    .contains("kafka/orders-0@3", "why       unrouted: no route names the stream")
                    .containsPattern(
                            "bytes     encrypted with `" + row.encryptedWith().orElseThrow() + "`, not\\s+opened: ")
                    .doesNotContain("trace", "value ");
            assertThat(ShowJson.write(List.of(shown)))
                    .contains("\"encrypted-with\" : ", "\"not-opened\" : \"records are encrypted with")
                    .doesNotContain("\"value\"");
        }
    }

    @Test
    void whoHasNoSecretsSeesAllButTheBytes() throws Exception {
        try (Opened encrypted = new Opened(ENCRYPTED, Map.of("Q", key))) {
            encrypted.quarantine(3);
            QuarantinedRow row = encrypted.waiting().get(0);
            SystemReferences none = new SystemReferences(Map.of(), Path.of(""));

            ShownRow shown =
                    ShownRow.of(row, new PayloadOpener(encrypted.plan.sink().payload(), none));

            assertThat(shown.notOpened().orElseThrow()).contains("secret:");
            assertThat(ShowText.write(List.of(shown), "shop.yaml")).contains("kafka/orders-0@3");
        }
    }

    /** A key may be changed while records wait. */
    @Test
    void recordsOfTwoKeysArePutBackAtOnceWhereTheFileNamesBoth() throws Exception {
        try (Opened first = new Opened(ENCRYPTED, Map.of("Q", key))) {
            first.quarantine(3);
        }
        try (Opened second = new Opened(
                "quarantine: {payload: encrypted, key: '${secret:Q}', old-keys: ['${secret:OLD}']}",
                Map.of("Q", otherKey, "OLD", key))) {
            second.quarantine(4);

            assertThat(second.replay().orElseThrow().putBack()).isEqualTo(2);

            assertThat(second.ids(ORDERS)).containsExactly(7L, 7L);
        }
    }

    /** Nothing is encrypted any more, and what was waits still. */
    @Test
    void anOldKeyAloneOpensWhatLiesThere() throws Exception {
        try (Opened first = new Opened(ENCRYPTED, Map.of("Q", key))) {
            first.quarantine(3);
        }
        try (Opened raw = new Opened("quarantine: {old-keys: '${secret:OLD}'}", Map.of("OLD", key))) {
            raw.quarantine(4);

            assertThat(raw.replay().orElseThrow().putBack()).isEqualTo(2);

            assertThat(raw.ids(ORDERS)).containsExactly(7L, 7L);
        }
    }

    /** The way out where the old key is not in the file. */
    @Test
    void recordsOfTwoKeysArePutBackOneKeyAfterTheOther() throws Exception {
        QuarantineSelection unrouted = new QuarantineSelection(
                Set.of("unrouted"), Set.of(), Set.of(), Set.of(), Optional.empty(), Payload.READ);
        try (Opened first = new Opened(ENCRYPTED, Map.of("Q", key))) {
            first.quarantine(3);
            first.putsOneBack();
        }
        try (Opened second = new Opened(ENCRYPTED, Map.of("Q", otherKey))) {
            second.quarantine(4);
            assertThatThrownBy(second::replay).hasMessageContaining("of 2 records that wait 1 can't be opened");

            // What was put back before is encrypted with the other key, too, and nobody asks for it.
            second.putsOneBack(unrouted);

            assertThat(second.ids(ORDERS)).containsExactly(7L, 7L);
        }
    }
}
