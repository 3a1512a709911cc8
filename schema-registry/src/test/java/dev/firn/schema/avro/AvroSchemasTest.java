package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class AvroSchemasTest {

    @Test
    void whatAvrosParserDoesNotExpectIsNoAvro() {
        assertThat(refused("{'type': 'record', 'name': 'R', 'fields': [{'name': 'f', 'type': 'int', 'order': 'up'}]}"))
                .isEqualTo("Avro's parser can't read it: No enum constant org.apache.avro.Schema.Field.Order.UP");
        assertThat(refused("{'type': 'record', 'name': 'R', 'fields': [{'name': 'f', 'type': 'int', 'order': 1}]}"))
                .startsWith("Avro's parser can't read it");
    }

    @Test
    void whatIsNoJsonIsNoAvro() {
        assertThat(refused("{'type'")).isEqualTo("it is not JSON");
    }

    private static String refused(String text) {
        return String.valueOf(Objects.requireNonNull(catchThrowableOfType(
                        AvroSchemas.NotAvro.class, () -> AvroSchemas.parse(text.replace('\'', '"'))))
                .getMessage());
    }
}
