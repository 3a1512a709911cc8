package dev.firn.connector.kafka.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.ProposedSource;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SourceAddress;
import dev.firn.spi.source.SourceProposer.NotProposable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaSourceProposerTest {

    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-a");
    private static final SourceAddress PLAIN = new SourceAddress("localhost:9092", Optional.empty(), Map.of());

    private final KafkaSourceProposer proposer = new KafkaSourceProposer();

    private static Sample sample(byte[]... values) {
        List<RawRecord> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new RawRecord(SPLIT, records.size(), 1_000 + records.size(), null, value, List.of()));
        }
        return new Sample(records, List.of(), Sample.Ended.AT_THE_END);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] framed(int id) {
        return new byte[] {0, 0, 0, 0, (byte) id, 1, 2};
    }

    private String format(Sample sample) {
        List<String> lines = proposer.fitting("orders", PLAIN, sample).lines();
        return lines.get(lines.size() - 1);
    }

    @Test
    void mostValuesSayWhatAllAre() {
        assertThat(format(sample(text("{\"a\": 1}"), text("{\"a\": 2}"), text("oops"))))
                .isEqualTo("format: {type: raw, column-type: string}");
        assertThat(format(sample(text("a,b"), text("c,d"), new byte[] {(byte) 0xff})))
                .isEqualTo("format: {type: raw, column-type: string}");
        assertThat(format(sample(new byte[] {(byte) 0xff, 3}, new byte[] {7, 8})))
                .isEqualTo("format: {type: raw}");
        assertThat(format(sample())).isEqualTo("format: {type: raw}");
        RawRecord tombstone = new RawRecord(SPLIT, 0, 0, text("k"), null, List.of());
        assertThat(format(new Sample(List.of(tombstone), List.of(), Sample.Ended.AT_THE_END)))
                .isEqualTo("format: {type: raw}");
    }

    @Test
    void jsonIsSeenAndTheWayToColumnsIsSaid() {
        ProposedSource proposed =
                proposer.fitting("orders", PLAIN, sample(text("{}"), text("[1]"), text("{\"b\": {}}")));

        assertThat(proposed.remarks())
                .first()
                .isEqualTo("2 of 3 values are JSON objects without a schema's id; each is one text, as it is.");
        assertThat(proposed.remarks().get(1)).contains("firn schema infer", "schema-file: orders.schema.json");
    }

    @Test
    void framesNeedARegistry() {
        assertThatThrownBy(() -> proposer.fitting("orders", PLAIN, sample(framed(1), framed(2), text("{}"))))
                .isInstanceOf(NotProposable.class)
                .hasMessage("the values of `orders` name schemas of a registry (2 of 3 begin as a frame does): add"
                        + " `--registry URL`");
    }

    @Test
    void secretsAreReferencesAndAReferenceStays() {
        SourceAddress at = new SourceAddress(
                "localhost:9092",
                Optional.empty(),
                Map.of(
                        "sasl.jaas.config", "module required password=\"hunter2\";",
                        "ssl.keystore.password", "${env:STORE}",
                        "ssl.keystore.key", "-----BEGIN hunter2",
                        "security.protocol", "SASL_SSL"));

        ProposedSource proposed = proposer.asItIs("orders", at);

        assertThat(proposed.lines())
                .containsExactly(
                        "type: kafka",
                        "topics: [orders]",
                        "properties:",
                        "  bootstrap.servers: \"localhost:9092\"",
                        "  sasl.jaas.config: \"${secret:kafka-sasl-jaas-config}\"",
                        "  security.protocol: SASL_SSL",
                        "  ssl.keystore.key: \"${secret:kafka-ssl-keystore-key}\"",
                        "  ssl.keystore.password: \"${env:STORE}\"",
                        "format: {type: raw}");
        assertThat(proposed.secrets())
                .containsOnlyKeys("${secret:kafka-sasl-jaas-config}", "${secret:kafka-ssl-keystore-key}");
        assertThat(proposed + at.toString()).doesNotContain("hunter2");
    }

    @Test
    void aUserLeavesTheRegistrysUrl() {
        ProposedRegistry registry = ProposedRegistry.of("https://firn:hun%40ter2@registry.example/path");

        assertThat(registry.options())
                .isEqualTo("url: \"https://registry.example/path\", username: firn, password:"
                        + " \"${secret:registry-password}\"");
        assertThat(registry.secrets()).containsExactly(Map.entry("${secret:registry-password}", "hun@ter2"));
        assertThat(registry).hasToString(registry.options());
        assertThat(ProposedRegistry.of("${env:REGISTRY}").options()).isEqualTo("url: \"${env:REGISTRY}\"");
    }
}
