package dev.firn.connector.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantinedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantineMessageTest {

    private static final Instant AT = Instant.parse("2026-11-22T11:04:16.123456Z");
    private static final List<Header> HEADERS = List.of(
            new Header("trace-id", bytes("7")),
            new Header("firn.code", bytes("of another")),
            new Header("empty", null));

    @Test
    void hasTheRecordAsItLiesInTheTableAndTheOtherColumnsBehindItsHeaders() {
        ProducerRecord<byte[], byte[]> message = message(record(41, HEADERS), Optional.of("shop.orders"));

        assertThat(message.topic()).isEqualTo("shop-dlq");
        assertThat(message.partition()).isNull();
        assertThat(message.timestamp()).isEqualTo(AT.toEpochMilli());
        assertThat(message.key()).isEqualTo(bytes("key"));
        assertThat(message.value()).isEqualTo(bytes("value"));
        assertThat(headers(message))
                .containsExactly(
                        "trace-id=7",
                        "firn.code=of another",
                        "empty=null",
                        "firn.id=ID",
                        "firn.code=rule-broken",
                        "firn.message=`small` is false: Preis \u00fcber 50",
                        "firn.rule=small",
                        "firn.table-name=shop.orders",
                        "firn.pipeline=shop",
                        "firn.run=7",
                        "firn.epoch=12",
                        "firn.quarantined-at=2026-11-22T11:04:16.123456Z",
                        "firn.source=kafka",
                        "firn.stream=orders",
                        "firn.partition=3",
                        "firn.position=41",
                        "firn.incarnation=topic-id",
                        "firn.record-timestamp=1970-01-01T00:00:01.500Z",
                        "firn.value-schema-id=5",
                        "firn.encrypted-with=0123456789abcdef");
    }

    @Test
    void hasAnIdThatTellsRecordsAndTablesApart() {
        String id = id(message(record(41, HEADERS), Optional.of("shop.orders")));

        assertThat(id)
                .matches("[0-9a-f]{32}")
                .isEqualTo(id(message(record(41, List.of()), Optional.of("shop.orders"))));
        assertThat(List.of(
                        id(message(record(42, HEADERS), Optional.of("shop.orders"))),
                        id(message(record(41, HEADERS), Optional.of("shop.refunds"))),
                        id(message(record(41, HEADERS), Optional.empty()))))
                .doesNotHaveDuplicates()
                .doesNotContain(id);
    }

    @Test
    void goesWithoutTheBytesOfTheRecordFromASizeOnAndSaysSo() {
        QuarantineMessage message = new QuarantineMessage("shop-dlq", 12, entry(record(41, HEADERS), Optional.empty()));

        assertThat(message.record(message.bytes() + 1).value()).isEqualTo(bytes("value"));
        ProducerRecord<byte[], byte[]> without = message.record(message.bytes());

        assertThat(without.key()).isNull();
        assertThat(without.value()).isNull();
        assertThat(headers(without))
                .startsWith("firn.id=ID", "firn.code=rule-broken")
                .endsWith("firn.too-large=" + message.bytes())
                .doesNotContain("trace-id=7");
    }

    private static ProducerRecord<byte[], byte[]> message(RawRecord record, Optional<String> table) {
        return new QuarantineMessage("shop-dlq", 12, entry(record, table)).record(Long.MAX_VALUE);
    }

    private static QuarantineTopic.Entry entry(RawRecord record, Optional<String> table) {
        QuarantinedRow row = new QuarantinedRow(
                AT,
                "shop",
                7,
                record,
                table,
                "rule-broken",
                Optional.of("small"),
                "`small` is false: Preis \u00fcber 50",
                Optional.empty(),
                Optional.of("0123456789abcdef"));
        return new QuarantineTopic.Entry(row, OptionalInt.empty(), OptionalInt.of(5));
    }

    private static RawRecord record(long position, List<Header> headers) {
        return new RawRecord(
                new Split("kafka", "orders", 3, "topic-id"), position, 1_500, bytes("key"), bytes("value"), headers);
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> message) {
        List<String> headers = new ArrayList<>();
        message.headers()
                .forEach(header -> headers.add(
                        header.key() + "=" + (header.key().equals("firn.id") ? "ID" : text(header.value()))));
        return headers;
    }

    private static String id(ProducerRecord<byte[], byte[]> message) {
        return String.valueOf(text(message.headers().lastHeader("firn.id").value()));
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
