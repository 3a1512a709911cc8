package dev.firn.it.testing.changes;

import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Postgres table of usual replica identity that changes at random, and sends its changes as Debezium does: a row is under its key, a delete says
 * nothing but the key and has a tombstone behind it, a row that gets another key is deleted and comes again, and a large text that an update leaves as
 * it is is not sent.
 */
public final class SourceTable {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final List<String> COUNTRIES = List.of("de", "fr", "it", "pl");
    private static final int KEYS = 300;

    private final Random random = new Random(20261128);
    private final SortedMap<Integer, Row> rows = new TreeMap<>();
    private final Records records;
    private final String topic;
    private final int partitions;
    private final int keyId;
    private Schema envelope = Envelopes.of("");
    private int sent;
    private int changesOfRows;
    private int withoutValue;

    /** Registers the first versions of its schemas. */
    public SourceTable(Records records, String topic, int partitions) {
        this.records = records;
        this.topic = topic;
        this.partitions = partitions;
        this.keyId = Stack.running().register(topic + "-key", Envelopes.KEY);
    }

    private record Row(
            String name,
            String country,
            LocalDate bornOn,
            OffsetDateTime seenAt,
            BigDecimal credit,
            String body,
            @Nullable String city) {}

    /** Its rows as they are, by their ids. */
    public SortedMap<Integer, String> rows() {
        SortedMap<Integer, String> all = new TreeMap<>();
        rows.forEach((id, row) -> {
            List<@Nullable Object> values = new ArrayList<>(
                    List.of(row.name(), row.country(), row.bornOn(), row.seenAt(), row.credit(), row.body()));
            values.add(row.city());
            all.put(id, values.toString());
        });
        return all;
    }

    /** How many rows were sent as a whole. */
    public int changesOfRows() {
        return changesOfRows;
    }

    /** How many were sent without one of their values. */
    public int withoutValue() {
        return withoutValue;
    }

    /** The rows that are there before anybody looks at changes. */
    public void snapshot(int count) {
        for (int id = 0; id < count; id++) {
            put("r", id, row());
        }
    }

    /** From here on rows have another column. */
    public void addColumn() {
        envelope = Envelopes.of(Envelopes.CITY);
    }

    public void change(int count) {
        for (int change = 0; change < count; change++) {
            int id = random.nextInt(KEYS);
            Row now = rows.get(id);
            if (now == null) {
                put("c", id, row());
                continue;
            }
            switch (random.nextInt(10)) {
                case 0 -> delete(id);
                case 1 -> {
                    int other = KEYS + random.nextInt(KEYS);
                    delete(id);
                    put("c", other, now);
                }
                case 2 -> {
                    withoutValue++;
                    send("u", id, value(id, row(), UNAVAILABLE));
                }
                default -> put("u", id, row());
            }
        }
    }

    /** Says that all rows are gone; they are not, for the sake of those who would have to ask. */
    public void truncate() {
        records.send(topic, 0, null, change("t", null, null));
    }

    /** Deletes a row, and does not say which. */
    public void deleteNobody() {
        records.send(topic, 0, null, change("d", null, null));
    }

    private void put(String op, int id, Row row) {
        rows.put(id, row);
        changesOfRows++;
        send(op, id, value(id, row, row.body()));
    }

    private void delete(int id) {
        rows.remove(id);
        GenericRecord before = new GenericRecordBuilder(Envelopes.row(envelope))
                .set("id", id)
                .set("name", "")
                .set("country", "")
                .build();
        records.send(topic, id % partitions, key(id), change("d", before, null));
        records.send(topic, id % partitions, key(id), null);
    }

    private Row row() {
        sent++;
        return new Row(
                "v" + sent,
                COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                LocalDate.ofEpochDay(random.nextInt(20_000)),
                LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000, ZoneOffset.UTC)
                        .atOffset(ZoneOffset.UTC),
                BigDecimal.valueOf(random.nextInt(), 4),
                "body of " + sent,
                envelope.toString().contains(Envelopes.CITY_NAME) ? "city of " + sent : null);
    }

    private GenericRecord value(int id, Row row, String body) {
        GenericRecord value = new GenericData.Record(Envelopes.row(envelope));
        value.put("id", id);
        value.put("name", row.name());
        value.put("country", row.country());
        value.put("born_on", (int) row.bornOn().toEpochDay());
        value.put("seen_at", row.seenAt().toString());
        value.put("credit", ByteBuffer.wrap(row.credit().unscaledValue().toByteArray()));
        value.put("body", body);
        if (value.getSchema().getField(Envelopes.CITY_NAME) != null) {
            value.put(Envelopes.CITY_NAME, row.city());
        }
        return value;
    }

    private void send(String op, int id, GenericRecord after) {
        records.send(topic, id % partitions, key(id), change(op, null, after));
    }

    private byte[] change(String op, @Nullable GenericRecord before, @Nullable GenericRecord after) {
        Schema source = envelope.getField("source").schema();
        GenericRecord change = new GenericRecordBuilder(envelope)
                .set("before", before)
                .set("after", after)
                .set(
                        "source",
                        new GenericRecordBuilder(source)
                                .set("version", "2.5.0.Final")
                                .set("lsn", 24_023_128L + sent)
                                .build())
                .set("op", op)
                .set("ts_ms", 1_700_000_000_000L + sent)
                .build();
        return records.framed(topic, change);
    }

    private byte[] key(int id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(keyId).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            encoder.writeInt(id);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
