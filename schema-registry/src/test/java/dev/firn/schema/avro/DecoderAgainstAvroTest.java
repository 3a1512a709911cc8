package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.AvroRows;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;

/** Avro's own reader, with Avro's own conversions, reads the same bytes to the same values. */
class DecoderAgainstAvroTest {

    private static final int FRAME = 5;

    @Property(tries = 3_000)
    void readsWhatAvroReads(@ForAll long seed) throws Rejected, IOException {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);

        for (byte[] value : List.of(AvroBytes.encode(schema, datum), AvroBytes.encodeInBlocks(schema, datum))) {
            assertThat(AvroBytes.decode(schema, value)).isEqualTo(AvroRows.read(schema, schema, value));
        }
    }

    /** A corrupted payload is rejected or read, never anything else, and never with memory that it only claims. */
    @Property(tries = 3_000)
    void answersAnyBytesWithARowOrARejection(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        byte[] value = AvroBytes.encode(schema, datum);

        AvroDecoder decoder = AvroDecoder.compile(schema, AvroBytes.table(schema), Row.FACTORY);
        for (byte[] corrupt : Corruption.of(value, FRAME, seed)) {
            long before = Allocation.ofThisThread();
            try {
                assertThat(decoder.decode(AvroBytes.raw(corrupt))).isNotNull();
            } catch (Rejected rejected) {
                assertThat(rejected.reason()).isNotEmpty().hasSizeLessThan(300);
            }
            assertThat(Allocation.ofThisThread() - before).isLessThan(8 << 20);
        }
    }

    @Property(tries = 300)
    void everyTruncationIsRejected(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        byte[] value = AvroBytes.encode(schema, datum);

        AvroDecoder decoder = AvroDecoder.compile(schema, AvroBytes.table(schema), Row.FACTORY);
        for (int length = 0; length < value.length; length++) {
            RawRecord cut = AvroBytes.raw(Arrays.copyOf(value, length));
            assertThatThrownBy(() -> decoder.decode(cut))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo(RejectCode.TRUNCATED_PAYLOAD));
        }
    }
}
