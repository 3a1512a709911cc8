package dev.firn.flink.wire;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.SourceEvent.PositionReached;
import dev.firn.spi.record.SourceEvent.PositionsLost;
import dev.firn.spi.record.SourceEvent.SplitOpened;
import dev.firn.spi.record.SourceEvent.TermBegan;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SourceEventSerializerTest {

    private final TypeSerializer<SourceEvent> serializer =
            FirnTypes.SOURCE_EVENT.createSerializer(new ExecutionConfig());

    private byte[] bytes(SourceEvent event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(event, out);
        return out.getCopyOfBuffer();
    }

    private SourceEvent roundTrip(SourceEvent event) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes(event));
        SourceEvent read = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }

    @Provide
    Arbitrary<RawRecord> records() {
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).injectNull(0.2);
        Arbitrary<List<Header>> headers = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(5), bytes)
                .as(Header::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs(), bytes, bytes, headers)
                .as((position, timestamp, key, value, all) ->
                        new RawRecord(ORDERS_0, position, timestamp, key, value, all));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.MIXIN)
    void readsTheRecordThatItWrote(@ForAll("records") RawRecord record) throws IOException {
        assertThat(roundTrip(record)).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void tellsNothingFromEmpty() throws IOException {
        RawRecord nothing =
                (RawRecord) roundTrip(new RawRecord(ORDERS_0, 1, 2, null, null, List.of(new Header("h", null))));
        assertThat(nothing.key()).isNull();
        assertThat(nothing.value()).isNull();
        assertThat(nothing.headers().get(0).value()).isNull();

        byte[] empty = new byte[0];
        RawRecord zero =
                (RawRecord) roundTrip(new RawRecord(ORDERS_0, 1, 2, empty, empty, List.of(new Header("h", empty))));
        assertThat(zero.key()).isEmpty();
        assertThat(zero.value()).isEmpty();
        assertThat(zero.headers().get(0).value()).isEmpty();
    }

    @Test
    void readsTheMarksThatItWrote() throws IOException {
        assertThat(roundTrip(new SplitOpened(ORDERS_0, 5))).isEqualTo(new SplitOpened(ORDERS_0, 5));
        assertThat(roundTrip(new PositionReached(ORDERS_0, 6))).isEqualTo(new PositionReached(ORDERS_0, 6));
        assertThat(roundTrip(new PositionsLost(ORDERS_0, 6, 9))).isEqualTo(new PositionsLost(ORDERS_0, 6, 9));
        assertThat(roundTrip(new TermBegan(ORDERS_0, 17))).isEqualTo(new TermBegan(ORDERS_0, 17));
        assertThat(roundTrip(new TermBegan(ORDERS_0, -1))).isEqualTo(new TermBegan(ORDERS_0, -1));
    }

    @Test
    void copiesNothing() {
        SourceEvent event = new SplitOpened(ORDERS_0, 5);
        assertThat(serializer.copy(event)).isSameAs(event);
        assertThat(serializer.copy(event, new SplitOpened(ORDERS_0, 6))).isSameAs(event);
        assertThat(serializer.isImmutableType()).isTrue();
    }

    @Test
    void copiesBytesAsTheyAre() throws IOException {
        byte[] bytes = bytes(new RawRecord(ORDERS_0, 1, 2, null, new byte[] {7}, List.of()));
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @Test
    void refusesAnUnknownKind() throws IOException {
        byte[] bytes = bytes(new SplitOpened(ORDERS_0, 5));
        bytes[0] = 9;
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("our bug: a source event of unknown kind 9");
    }

    @Test
    void isFoundAgainByItsSnapshot() {
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isSameAs(serializer);
        TypeSerializer<?> entries = FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig());
        assertThat(entries.snapshotConfiguration().restoreSerializer()).isSameAs(entries);
    }
}
