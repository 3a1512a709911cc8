package dev.firn.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

class ConnectTypeTest {

    private static final String PARCEL =
            """
            {'type': 'record', 'name': 'Parcel', 'namespace': 'post', 'fields': [
              {'name': 'note', 'type': ['null', 'string']},
              {'name': 'weight', 'type': 'int'}]}""";

    @Test
    void hasATypeOfConnectForEachOfAvro() {
        assertThat(type("'boolean'").schema()).isEqualTo(Schema.BOOLEAN_SCHEMA);
        assertThat(type("'int'").schema()).isEqualTo(Schema.INT32_SCHEMA);
        assertThat(type("'long'").schema()).isEqualTo(Schema.INT64_SCHEMA);
        assertThat(type("'float'").schema()).isEqualTo(Schema.FLOAT32_SCHEMA);
        assertThat(type("'double'").schema()).isEqualTo(Schema.FLOAT64_SCHEMA);
        assertThat(type("'string'").schema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(type("['bytes', 'null']").schema()).isEqualTo(Schema.OPTIONAL_BYTES_SCHEMA);
        assertThat(type("{'type': 'int', 'logicalType': 'date'}").schema()).isEqualTo(Date.SCHEMA);
        assertThat(type("{'type': 'long', 'logicalType': 'timestamp-millis'}").schema())
                .isEqualTo(Timestamp.SCHEMA);
        assertThat(type("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}")
                        .schema())
                .isEqualTo(Decimal.builder(2)
                        .parameter("connect.decimal.precision", "9")
                        .build());
        assertThat(type("['null', {'type': 'array', 'items': " + PARCEL + "}]").schema())
                .isEqualTo(SchemaBuilder.array(SchemaBuilder.struct()
                                .name("post.Parcel")
                                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                                .field("weight", Schema.INT32_SCHEMA)
                                .build())
                        .optional()
                        .build());
        assertThat(type("{'type': 'map', 'values': ['null', 'long']}").schema())
                .isEqualTo(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                        .build());
    }

    @Test
    void hasTextsDecimalsAndTimesAsConfluentsConverterHasThem() {
        assertThat(type("'string'").convert(new Utf8("kůň"))).isEqualTo("kůň");
        assertThat(type("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}")
                        .convert(ByteBuffer.wrap(new byte[] {-1, 56})))
                .isEqualTo(new BigDecimal("-2.00"));
        assertThat(type("{'type': 'int', 'logicalType': 'date'}").convert(-1))
                .isEqualTo(java.util.Date.from(Instant.parse("1969-12-31T00:00:00Z")));
        assertThat(type("{'type': 'long', 'logicalType': 'timestamp-millis'}").convert(-1L))
                .isEqualTo(java.util.Date.from(Instant.parse("1969-12-31T23:59:59.999Z")));
    }

    @Test
    void keepsWhatIsNullInARecordAListAndAMap() {
        GenericData.Record parcel = new GenericData.Record(avro(PARCEL));
        parcel.put("weight", 7);
        ConnectType type = type(PARCEL);

        assertThat(type.convert(parcel)).isEqualTo(new Struct(type.schema()).put("weight", 7));
        assertThat(type("{'type': 'array', 'items': ['null', 'int']}").convert(Arrays.asList(1, null)))
                .isEqualTo(Arrays.asList(1, null));
        assertThat(type("{'type': 'map', 'values': ['null', 'int']}")
                        .convert(Collections.singletonMap(new Utf8("k"), null)))
                .isEqualTo(Collections.singletonMap("k", null));
    }

    @Test
    void refusesAUnionOfTwoTypesThatAreNotNull() {
        assertThatThrownBy(() -> type("['int', 'string']"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a union of other than null and one type: [\"int\",\"string\"]");
    }

    private static ConnectType type(String schema) {
        return ConnectType.of(avro(schema));
    }

    private static org.apache.avro.Schema avro(String schema) {
        return new org.apache.avro.Schema.Parser().parse(schema.replace('\'', '"'));
    }
}
