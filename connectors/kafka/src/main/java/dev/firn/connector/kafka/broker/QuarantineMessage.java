package dev.firn.connector.kafka.broker;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantinedRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A row of the quarantine table as a message: key, value and headers as the row has them, and behind these a header for each of the
 * row's other columns, in UTF-8. It has the time of the quarantine, for a topic deletes by it.
 */
final class QuarantineMessage {

    /** What our headers begin with. */
    static final String OURS = "firn.";

    private static final int ID_BYTES = 16;

    private final ProducerRecord<byte[], byte[]> whole;
    private final QuarantinedRow row;
    private final List<RecordHeader> ours;
    private final long bytes;

    QuarantineMessage(String topic, long epoch, QuarantineTopic.Entry entry) {
        this.row = entry.row();
        this.ours = ours(epoch, entry);
        this.whole = message(topic, row.record());
        this.bytes = bytesOf(whole);
    }

    /** About as many as a broker counts. */
    long bytes() {
        return bytes;
    }

    /** @param tooLarge of so many bytes or more it goes without those of the record, and says so */
    ProducerRecord<byte[], byte[]> record(long tooLarge) {
        if (bytes < tooLarge) {
            return whole;
        }
        RawRecord from = row.record();
        ProducerRecord<byte[], byte[]> without = message(
                whole.topic(), new RawRecord(from.split(), from.position(), from.timestamp(), null, null, List.of()));
        without.headers().add(header("too-large", bytes));
        return without;
    }

    private ProducerRecord<byte[], byte[]> message(String topic, RawRecord record) {
        List<org.apache.kafka.common.header.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        headers.addAll(ours);
        return new ProducerRecord<>(topic, null, row.at().toEpochMilli(), record.key(), record.value(), headers);
    }

    private static List<RecordHeader> ours(long epoch, QuarantineTopic.Entry entry) {
        QuarantinedRow row = entry.row();
        RawRecord record = row.record();
        List<RecordHeader> headers = new ArrayList<>();
        headers.add(header("id", id(row)));
        headers.add(header("code", row.code()));
        headers.add(header("message", row.message()));
        row.rule().ifPresent(rule -> headers.add(header("rule", rule)));
        row.table().ifPresent(table -> headers.add(header("table-name", table)));
        headers.add(header("pipeline", row.pipeline()));
        headers.add(header("run", row.run()));
        headers.add(header("epoch", epoch));
        headers.add(header("quarantined-at", row.at()));
        headers.add(header("source", record.split().source()));
        headers.add(header("stream", record.split().stream()));
        headers.add(header("partition", record.split().partition()));
        headers.add(header("position", record.position()));
        headers.add(header("incarnation", record.split().incarnation()));
        if (record.timestamp() != RawRecord.NO_TIMESTAMP) {
            headers.add(header("record-timestamp", Instant.ofEpochMilli(record.timestamp())));
        }
        id("key-schema-id", entry.keySchemaId(), headers);
        id("value-schema-id", entry.valueSchemaId(), headers);
        row.encryptedWith().ifPresent(fingerprint -> headers.add(header("encrypted-with", fingerprint)));
        return headers;
    }

    private static void id(String name, OptionalInt id, List<RecordHeader> headers) {
        id.ifPresent(schema -> headers.add(header(name, schema)));
    }

    private static RecordHeader header(String name, Object value) {
        return new RecordHeader(OURS + name, value.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The same whenever the same record is kept from the same table. */
    private static String id(QuarantinedRow row) {
        RawRecord record = row.record();
        MessageDigest digest = sha256();
        for (String part : List.of(
                row.pipeline(),
                record.split().source(),
                record.split().stream(),
                Integer.toString(record.split().partition()),
                Long.toString(record.position()),
                record.split().incarnation(),
                row.table().orElse(""))) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("our bug: every Java has SHA-256", e);
        }
    }

    private static long bytesOf(ProducerRecord<byte[], byte[]> message) {
        long bytes = length(message.key()) + length(message.value());
        for (org.apache.kafka.common.header.Header header : message.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
