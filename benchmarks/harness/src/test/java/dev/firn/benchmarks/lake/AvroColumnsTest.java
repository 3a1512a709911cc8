package dev.firn.benchmarks.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class AvroColumnsTest {

    private static final Schema RECORD = SchemaBuilder.record("R")
            .fields()
            .requiredLong("id")
            .name("tags")
            .type()
            .map()
            .values()
            .stringType()
            .noDefault()
            .optionalString("note")
            .endRecord();

    @Test
    void describesColumnsWithoutTheirIds() {
        assertThat(AvroColumns.described(AvroColumns.of(RECORD, List.of())))
                .isEqualTo("id: required long, tags: required map<string, string>, note: optional string");
    }

    @Test
    void knowsTheKey() {
        assertThat(AvroColumns.of(RECORD, List.of("id")).identifierFieldNames()).containsExactly("id");
    }
}
