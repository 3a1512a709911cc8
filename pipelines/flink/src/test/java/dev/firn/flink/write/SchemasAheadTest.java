package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.KeyedFormat;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.flink.wire.GatheredSchema;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.WriterSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What gathered records need goes ahead of them, from a process that knows it to one that does not. */
class SchemasAheadTest {

    private static final WriterRoutes ROUTES =
            new WriterRoutes(Map.of("kafka/orders", List.of(ORDERS)), Map.of(), Set.of(ORDERS, FakeLake.QUARANTINE));

    private final FakeLake lake = FakeLake.create();

    @AfterEach
    void leavesNothingOpen() {
        assertThat(lake.leaks()).isZero();
    }

    private KeyedFormat format(String process, FramedParts parts) {
        return new KeyedFormat(new FakeFormat(lake.name()), process + " of " + lake.name(), parts);
    }

    private WriterConfig config(KeyedFormat format) {
        return new WriterConfig(
                "orders/tables",
                1,
                2,
                false,
                table -> EvolutionPolicy.usual(),
                PlannedRules.NONE,
                RowKeys.NONE,
                QuarantinePayload.RAW,
                Map.of("kafka", format),
                lake.factory());
    }

    /** A record whose key names a schema by its id; null for a record without a key. */
    private static RawRecord keyed(long position, @Nullable Integer id) {
        byte[] key = id == null ? null : new byte[] {0, 0, 0, 0, id.byteValue(), 9};
        return new RawRecord(ORDERS_0, position, 0, key, ("1r" + position).getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** What a subtask that reads sends to others, and what it stages itself. */
    private Sent sends(KeyedFormat format, RawRecord... records) throws Exception {
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(new TableWriter(config(format), ROUTES), 128, 2, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            for (RawRecord record : records) {
                subtask.processElement(new StreamRecord<>(record));
            }
            subtask.prepareSnapshotPreBarrier(1);
            List<Gathered> gathered = new ArrayList<>();
            if (subtask.getSideOutput(TableWriter.GATHERED) != null) {
                subtask.getSideOutput(TableWriter.GATHERED).forEach(each -> gathered.add(each.getValue()));
            }
            long kept = subtask.extractOutputValues().stream()
                    .flatMap(entry -> entry.staged().stream())
                    .mapToLong(StagedFiles::records)
                    .sum();
            return new Sent(gathered, kept);
        }
    }

    private record Sent(List<Gathered> gathered, long kept) {

        /** A schema by its id, a record by its position. */
        List<String> shown() {
            return gathered.stream()
                    .map(each -> each instanceof GatheredSchema schema
                            ? "schema " + schema.id() + " " + schema.definition()
                            : each instanceof GatheredRecord record
                                    ? "record " + record.record().position()
                                    : "")
                    .toList();
        }
    }

    @Test
    void aSchemaGoesAheadOfTheFirstRecordThatNamesItAndOnlyOnce() throws Exception {
        KeyedFormat format = format("reads", FramedParts.KEY);
        format.known().put(7, "seven");
        format.known().put(8, "eight");

        Sent sent = sends(format, keyed(0, 7), keyed(1, null), keyed(2, 7), keyed(3, 8), keyed(4, 7));

        assertThat(sent.shown())
                .containsExactly(
                        "schema 7 seven", "record 0", "record 1", "record 2", "schema 8 eight", "record 3", "record 4");
        assertThat(sent.gathered())
                .extracting(Gathered::writer)
                .containsOnly(sent.gathered().get(0).writer());
        assertThat(sent.kept()).isZero();
    }

    @Test
    void theSchemasOfKeysAndOfValuesGo() throws Exception {
        List<String> asked = new ArrayList<>();
        KeyedFormat format = format("reads", FramedParts.KEY_AND_VALUE);
        format.known().put(1, "of keys");
        format.known().put(2, "of values");
        RawRecord both =
                new RawRecord(ORDERS_0, 0, 0, new byte[] {0, 0, 0, 0, 1, 9}, new byte[] {0, 0, 0, 0, 2, 9}, List.of());
        try (BatchedWriting writing = BatchedWriting.open(config(format), new WriterSettings(1, 0, 0, 2, 2))) {
            SchemasAhead ahead = new SchemasAhead(
                    Map.of("kafka", format),
                    writing.schemas(),
                    schema -> asked.add(schema.definition() + " to " + schema.writer()));

            assertThat(ahead.clear(both, 0)).isTrue();
            assertThat(ahead.clear(both, 1)).isTrue();
            assertThat(ahead.clear(both, 0)).isTrue();
        }
        assertThat(asked).containsExactly("of values to 0", "of keys to 0", "of values to 1", "of keys to 1");
    }

    @Test
    void whatNobodyHereKnowsStaysWhereItWasReadUntilSomebodyDoes() throws Exception {
        KeyedFormat format = format("reads", FramedParts.KEY);
        Sent before = sends(format, keyed(0, 7));
        assertThat(before.shown()).isEmpty();
        assertThat(before.kept()).isOne();

        format.known().put(7, "seven");
        assertThat(sends(format, keyed(0, 7)).shown()).containsExactly("schema 7 seven", "record 0");
    }

    @Test
    void bytesThatOnlyLookLikeAFrameNeedNoSchema() throws Exception {
        assertThat(sends(format("reads", FramedParts.NONE), keyed(0, 7)).shown())
                .containsExactly("record 0");
    }

    @Test
    void whoGathersKnowsItBeforeTheRecordComes() throws Exception {
        KeyedFormat format = format("writes", FramedParts.KEY);
        try (OneInputStreamOperatorTestHarness<Gathered, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(new GatheredWriter(config(format)), 128, 2, 1)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();

            subtask.processElement(new StreamRecord<>(new GatheredSchema("kafka", 7, "seven", 1)));
            assertThat(format.known()).containsExactly(Map.entry(7, "seven"));

            subtask.prepareSnapshotPreBarrier(1);
            assertThat(subtask.extractOutputValues()).isEmpty();
        }
    }
}
