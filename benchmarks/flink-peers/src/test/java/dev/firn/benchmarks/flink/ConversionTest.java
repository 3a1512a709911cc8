package dev.firn.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

class ConversionTest {

    @Test
    void hasTextsDecimalsAndTimesInFlinksOwnTypes() {
        assertThat(of("'string'").of(new Utf8("kůň"))).isEqualTo(StringData.fromString("kůň"));
        assertThat(of("'bytes'").of(ByteBuffer.wrap(new byte[] {1, 2}))).isEqualTo(new byte[] {1, 2});
        assertThat(of("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}")
                        .of(ByteBuffer.wrap(new byte[] {-1, 56})))
                .isEqualTo(DecimalData.fromBigDecimal(new BigDecimal("-2.00"), 9, 2));
        assertThat(of("{'type': 'int', 'logicalType': 'date'}").of(-3)).isEqualTo(-3);
        assertThat(of("{'type': 'long', 'logicalType': 'timestamp-millis'}").of(-1L))
                .isEqualTo(TimestampData.fromEpochMillis(-1));
        assertThat(of("'long'").of(-1L)).isEqualTo(-1L);
    }

    @Test
    void leavesTheBytesOfADecimalWhereTheyAre() {
        ByteBuffer unscaled = ByteBuffer.wrap(new byte[] {0, 5, 7}, 1, 1);

        assertThat(of("'bytes'").of(unscaled)).isEqualTo(new byte[] {5});
        assertThat(unscaled.position()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsNullInARecordAListAndAMap() {
        Schema schema = SchemaBuilder.record("Parcel")
                .fields()
                .optionalString("note")
                .requiredInt("weight")
                .endRecord();
        GenericData.Record parcel = new GenericData.Record(schema);
        parcel.put("weight", 7);
        Map<Utf8, Object> avro = new HashMap<>();
        avro.put(new Utf8("k"), null);
        Map<StringData, Object> map = new HashMap<>();
        map.put(StringData.fromString("k"), null);

        assertThat(Conversion.from(schema).of(parcel)).isEqualTo(GenericRowData.of(null, 7));
        assertThat(of("{'type': 'array', 'items': ['null', 'int']}").of(Arrays.asList(1, null)))
                .isEqualTo(new GenericArrayData(new Object[] {1, null}));
        assertThat(of("{'type': 'map', 'values': ['null', 'int']}").of(avro)).isEqualTo(new GenericMapData(map));
    }

    @Test
    void refusesAUnionOfTwoTypesThatAreNotNull() {
        assertThatThrownBy(() -> of("['int', 'string']"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a union of other than null and one type: [\"int\",\"string\"]");
    }

    private static Conversion of(String schema) {
        return Conversion.from(new Schema.Parser().parse(schema.replace('\'', '"')));
    }
}
