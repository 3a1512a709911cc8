package dev.firn.flink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LedgerCodecTest {

    private static final Arbitrary<String> TEXT = Arbitraries.strings().ofMaxLength(12);

    private static final Arbitrary<Split> SPLITS =
            Combinators.combine(TEXT, TEXT, Arbitraries.integers(), TEXT).as(Split::new);

    private static final Arbitrary<List<SplitProgress>> PROGRESS = Combinators.combine(
                    SPLITS,
                    Arbitraries.longs(),
                    Arbitraries.longs(),
                    Arbitraries.longs(),
                    Combinators.combine(Arbitraries.longs(), Arbitraries.integers())
                            .as(LastRecord::new)
                            .injectNull(0.3))
            .as(SplitProgress::new)
            .list()
            .ofMaxSize(4);

    private static final Arbitrary<List<OutcomeCount>> OUTCOMES = Combinators.combine(
                    SPLITS, Arbitraries.of(Outcome.class), TEXT, TEXT, Arbitraries.longs())
            .as(OutcomeCount::new)
            .list()
            .ofMaxSize(4);

    private static final Arbitrary<List<StagedFiles>> STAGED = Combinators.combine(
                    TEXT,
                    TEXT,
                    Arbitraries.bytes().array(byte[].class).ofMaxSize(20),
                    Arbitraries.integers(),
                    Arbitraries.longs(),
                    Arbitraries.longs())
            .as((table, uuid, pointer, files, records, bytes) -> new StagedFiles(
                    new TableName("sales." + table.replace(".", "") + "x"), uuid, pointer, files, records, bytes))
            .list()
            .ofMaxSize(4);

    private static final Arbitrary<LedgerSchemas> SCHEMAS = Combinators.combine(
                    Combinators.combine(TEXT, Arbitraries.integers(), TEXT)
                            .as(UsedSchema::new)
                            .list()
                            .ofMaxSize(3),
                    Combinators.combine(TEXT, TEXT, TEXT, Arbitraries.longs(), TEXT, TEXT)
                            .as(PlannedSchema::new)
                            .list()
                            .ofMaxSize(3))
            .as(LedgerSchemas::new);

    private static final Arbitrary<List<RecordAges>> AGES = Combinators.combine(
                    Arbitraries.longs(),
                    Arbitraries.longs().array(long[].class).ofMaxSize(4),
                    Arbitraries.longs().array(long[].class).ofMaxSize(4))
            .as((reference, ages, counts) -> new RecordAges(new TableName("sales.x"), reference, ages, counts))
            .list()
            .ofMaxSize(3);

    @Provide
    Arbitrary<Epoch> epochs() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        TEXT,
                        Arbitraries.longs(),
                        PROGRESS,
                        OUTCOMES,
                        STAGED,
                        SCHEMAS)
                .as(Epoch::new);
    }

    @Provide
    Arbitrary<LedgerEntry> entries() {
        return Combinators.combine(TEXT, Arbitraries.integers(), PROGRESS, OUTCOMES, STAGED, SCHEMAS, AGES)
                .as(LedgerEntry::new);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.MIXIN)
    void readsTheEpochThatItWrote(@ForAll("epochs") Epoch epoch) throws IOException {
        // The arrays in it are compared by their contents.
        assertThat(LedgerCodec.decodeEpoch(LedgerCodec.encode(epoch)))
                .usingRecursiveComparison()
                .isEqualTo(epoch);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.MIXIN)
    void readsTheEntryThatItWrote(@ForAll("entries") LedgerEntry entry) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        LedgerEntrySerializer.INSTANCE.serialize(entry, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(LedgerEntrySerializer.INSTANCE.deserialize(in))
                .usingRecursiveComparison()
                .isEqualTo(entry);
        assertThat(in.available()).isZero();
    }

    @Test
    void packsThousandsOfSchemasSmall() throws IOException {
        LedgerSchemas.Fold many = new LedgerSchemas.Fold();
        String fields = ",{\"name\":\"quantity\",\"type\":[\"null\",\"long\"],\"default\":null}".repeat(60);
        for (int id = 0; id < 5_000; id++) {
            many.add(new LedgerSchemas(
                    List.of(new UsedSchema("one", id, "{\"name\":\"R" + id + "\"" + fields)), List.of()));
        }

        byte[] packed = SchemaCodec.pack(many.schemas());

        assertThat(packed.length).isLessThan(1 << 20);
        assertThat(SchemaCodec.unpack(packed)).isEqualTo(many.schemas());
    }

    @Test
    void refusesAnEpochOfAnotherVersion() {
        byte[] newer = {0, 0, 0, 4, 0, 0, 0, 0};
        assertThatThrownBy(() -> LedgerCodec.decodeEpoch(newer))
                .isInstanceOf(IOException.class)
                .hasMessage("the state holds an epoch of version 4, this Firn reads up to version 3;"
                        + " start it with the Firn that wrote it");
    }

    /** Bytes as savepoints hold them: a change here needs another version. */
    @Test
    void readsTheVersionsOfBeforeAndWritesVersionThree() throws IOException {
        Split split = new Split("kafka", "orders", 3, "id");
        Epoch epoch = new Epoch(
                5,
                2,
                "p",
                41,
                List.of(new SplitProgress(split, 1, 4, 3)),
                List.of(new OutcomeCount(split, Outcome.QUARANTINED, "a.b", "bad-utf8", 3)),
                List.of(new StagedFiles(new TableName("a.b"), "u", new byte[] {9}, 1, 3, 8)));
        String head = "0000000000000005" + "0000000000000002" + "0000000170" + "0000000000000029"
                + "00000001" + "000000056b61666b61" + "000000066f7264657273" + "00000003" + "000000026964"
                + "0000000000000001" + "0000000000000004" + "0000000000000003";
        String rest = "00000001" + "000000056b61666b61" + "000000066f7264657273" + "00000003" + "000000026964"
                + "0000000b51554152414e54494e4544" + "00000003612e62" + "000000086261642d75746638"
                + "0000000000000003"
                + "00000001" + "00000003612e62" + "0000000175" + "0000000109" + "00000001"
                + "0000000000000003" + "0000000000000008";
        assertThat(LedgerCodec.decodeEpoch(HexFormat.of().parseHex("00000001" + head + rest)))
                .usingRecursiveComparison()
                .isEqualTo(epoch);
        LedgerSchemas schemas = new LedgerSchemas(
                List.of(new UsedSchema("o", 7, "{}")), List.of(new PlannedSchema("o", "k", "t", 2, "v", "")));
        Epoch withSchemas = new Epoch(5, 2, "p", 41, epoch.progress(), epoch.outcomes(), epoch.staged(), schemas);
        List<SplitProgress> progress = List.of(new SplitProgress(split, 1, 4, 3, new LastRecord(4, 17)));
        Epoch whole = new Epoch(5, 2, "p", 41, progress, epoch.outcomes(), epoch.staged(), schemas);
        String more = "00000001" + "000000016f" + "00000007" + "000000027b7d"
                + "00000001" + "000000016f" + "000000016b" + "0000000174" + "0000000000000002" + "0000000176"
                + "00000000";
        assertThat(LedgerCodec.decodeEpoch(HexFormat.of().parseHex("00000002" + head + rest + more)))
                .usingRecursiveComparison()
                .isEqualTo(withSchemas);
        assertThat(HexFormat.of().formatHex(LedgerCodec.encode(withSchemas)))
                .isEqualTo("00000003" + head + "00" + rest + more);
        assertThat(HexFormat.of().formatHex(LedgerCodec.encode(whole)))
                .isEqualTo("00000003" + head + "01" + "0000000000000004" + "00000011" + rest + more);
    }
}
