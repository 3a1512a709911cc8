package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which options go with values that have no schema. */
class RawSourceTest {

    @Test
    void needsNoRegistry() {
        assertThat(complaints("format: {type: raw, column: body, column-type: string}\nkey: {type: long}"))
                .isEmpty();
        assertThat(complaints("format: {type: raw, registry: {url: http://r}}\nkey: {type: avro}"))
                .isEmpty();
    }

    @Test
    void hasOneWhereItsKeysNeedOneAndNoneElse() {
        assertThat(complaints("format: {type: raw}\nkey: {type: avro}"))
                .containsExactly(
                        "shop.yaml:3:9 error[missing-option] option `registry` is missing, which knows the schemas"
                                + " of keys; fix: add `registry: {url: \"${env:REGISTRY}\"}`, for example");
        assertThat(complaints("format: {type: raw, registry: {url: http://r}}\nkey: {type: string}"))
                .containsExactly("shop.yaml:3:31 error[option-without-use] option `registry` is of no use with `type:"
                        + " raw`, unless `key` is of `type: avro`; fix: remove it");
    }

    @Test
    void hasNoSchemaIdForAColumn() {
        assertThat(complaints("format: {type: raw}\nmetadata: {offset: o, schema-id: s}"))
                .containsExactly(
                        "shop.yaml:4:34 error[option-without-use] option `schema-id` is of no use with a `format`"
                                + " whose values name no schema; fix: remove it");
    }

    @Test
    void takesNoOptionOfAvroAndAvroNoneOfIts() {
        assertThat(unbound("{type: raw, nanoseconds: truncate, json-fields: [a]}"))
                .containsExactly(
                        "shop.yaml:3:21 error[option-without-use] option `nanoseconds` is of no use with `type: raw`;"
                                + " fix: remove it; it goes with `avro`, `debezium-avro`, `json`, `debezium-json`, `protobuf`",
                        "shop.yaml:3:44 error[option-without-use] option `json-fields` is of no use with `type: raw`;"
                                + " fix: remove it; it goes with `avro`, `debezium-avro`, `json`, `debezium-json`, `protobuf`");
        assertThat(unbound("{type: protobuf, column: v}"))
                .containsExactly(
                        "shop.yaml:3:9 error[missing-option] option `registry` is missing;"
                                + " fix: add `registry: {url: \"${env:REGISTRY}\"}`, for example",
                        "shop.yaml:3:26 error[option-without-use] option `column` is of no use with `type: protobuf`;"
                                + " fix: remove it; it goes with `raw`");
    }

    private List<String> complaints(String options) {
        Diagnostics found = new Diagnostics();
        new KafkaSourceConnector()
                .describe(SourceFile.source("topics: [t]\nproperties: {bootstrap.servers: b}\n" + options), found);
        return SourceFile.lines(found);
    }

    private List<String> unbound(String format) {
        Node.Mapping node = (Node.Mapping)
                YamlReader.read("shop.yaml", "topics: [t]\nproperties: {bootstrap.servers: b}\nformat: " + format)
                        .value()
                        .orElseThrow();
        Diagnostics found = new Diagnostics();
        found.reportAll(Binder.bind(node, KafkaOptions.class).diagnostics());
        return SourceFile.lines(found);
    }
}
