package dev.firn.spi.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawRecordTest {

    private static final Split SPLIT = new Split("kafka", "orders", 3, "topic-id");

    @Test
    void readsTheSchemaIdFromTheFrame() {
        assertThat(record(new byte[] {0, 0x12, 0x34, (byte) 0xAB, (byte) 0xCD}).valueSchemaId())
                .isEqualTo(0x1234ABCD);
        assertThat(record(new byte[] {1, 0, 0, 0, 7}).valueSchemaId()).isEqualTo(RawRecord.NO_SCHEMA_ID);
        assertThat(record(new byte[] {0, 0, 0, 7}).valueSchemaId()).isEqualTo(RawRecord.NO_SCHEMA_ID);
        assertThat(record(null).valueSchemaId()).isEqualTo(RawRecord.NO_SCHEMA_ID);
    }

    @Test
    void decodesOnceForEachDecoder() throws Rejected {
        List<String> decoded = new ArrayList<>();
        RowDecoder one = given -> {
            decoded.add("one");
            return "row of one";
        };
        RowDecoder other = given -> {
            decoded.add("other");
            return "row of other";
        };
        RawRecord record = record(new byte[] {0, 0, 0, 0, 7});

        assertThat(record.row(one)).isEqualTo("row of one");
        assertThat(record.row(one)).isEqualTo("row of one");
        assertThat(record.row(other)).isEqualTo("row of other");

        assertThat(decoded).containsExactly("one", "other");
    }

    private static RawRecord record(byte @Nullable [] value) {
        return new RawRecord(SPLIT, 5, 0, null, value, List.of());
    }
}
