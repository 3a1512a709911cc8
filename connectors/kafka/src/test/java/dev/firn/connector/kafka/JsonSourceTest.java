package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Diagnostics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the schema of JSON, and of Avro in JSON, comes from. */
class JsonSourceTest {

    @Test
    void isInARegistryOrInAFile() {
        assertThat(complaints("format: {type: json, registry: {url: http://r}}\nmetadata: {schema-id: s}"))
                .isEmpty();
        assertThat(complaints("format: {type: json, schema-file: s.json}")).isEmpty();
        assertThat(complaints(
                        "format: {type: json, schema-file: s.json, registry: {url: http://r}}\nkey: {type: avro}"))
                .isEmpty();
    }

    @Test
    void isInOneOfThemAndIfValuesNameNoneInNoColumn() {
        assertThat(complaints("format: {type: json}"))
                .containsExactly(
                        "shop.yaml:3:9 error[missing-option] option `registry` is missing, or a `schema-file` where"
                                + " values are plain JSON; fix: add `registry: {url: \"${env:REGISTRY}\"}`, for example");
        assertThat(complaints("format: {type: json, schema-file: s.json, registry: {url: http://r}}"))
                .containsExactly("shop.yaml:3:53 error[option-without-use] option `registry` is of no use with a"
                        + " `schema-file`, unless `key` is of `type: avro`; fix: remove it");
        assertThat(complaints("format: {type: json, schema-file: s.json}\nmetadata: {schema-id: s}"))
                .containsExactly(
                        "shop.yaml:4:23 error[option-without-use] option `schema-id` is of no use with a `format`"
                                + " whose values name no schema; fix: remove it");
    }

    @Test
    void isSaidForAvroInJsonInTheSameWays() {
        assertThat(complaints(
                        "format: {type: avro, encoding: json, registry: {url: http://r}}\nmetadata: {schema-id: s}"))
                .isEmpty();
        assertThat(complaints("format: {type: avro, encoding: json, schema-file: s.avsc}"))
                .isEmpty();
        assertThat(complaints("format: {type: avro, encoding: json}"))
                .containsExactly(
                        "shop.yaml:3:9 error[missing-option] option `registry` is missing, or a `schema-file` where"
                                + " values are plain JSON; fix: add `registry: {url: \"${env:REGISTRY}\"}`, for example");
        assertThat(complaints("format: {type: avro, schema-file: s.avsc}"))
                .containsExactly(
                        "shop.yaml:3:9 error[missing-option] option `registry` is missing; fix: add `registry: {url:"
                                + " \"${env:REGISTRY}\"}`, for example",
                        "shop.yaml:3:35 error[option-without-use] option `schema-file` is of no use with Avro whose"
                                + " `encoding` is `binary`; fix: remove it, or add `encoding: json` where values are"
                                + " Avro's JSON without a frame");
    }

    private static List<String> complaints(String options) {
        Diagnostics found = new Diagnostics();
        new KafkaSourceConnector()
                .describe(SourceFile.source("topics: [t]\nproperties: {bootstrap.servers: b}\n" + options), found);
        return SourceFile.lines(found);
    }
}
