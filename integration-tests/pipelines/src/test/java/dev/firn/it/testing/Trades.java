package dev.firn.it.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Trades by number, of which each hundredth has one of twelve flaws. Their bytes are written here, by nothing of Firn's or Avro's, so that what
 * is expected of a number is known without asking either.
 */
public final class Trades implements AutoCloseable {

    public static final int PARTITIONS = 3;

    private static final String FIELDS =
            """
            {"name": "id", "type": "long"%s},
            {"name": "desk", "type": ["null", "string"]},
            {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}},
            {"name": "lots", "type": ["null", "int"]},
            {"name": "note", "type": "string"}""";

    private static final int HUNDRED = 100;

    private final String topic;
    private final int schema;
    private final int wider;
    private final int recursive;
    private final int lacking;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> flawed = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** What is wrong with a record, under the word that quarantine has for it. */
    public enum Flaw {
        WRONG_MAGIC_BYTE,
        TRUNCATED_PAYLOAD,
        TRAILING_BYTES,
        UNKNOWN_SCHEMA_ID,
        UNMAPPABLE_SCHEMA,
        BAD_UTF8,
        DECIMAL_OVERFLOW,
        SCHEMA_CHANGE_REFUSED,
        RULE_BROKEN,
        EXPRESSION_FAILED,
        UNROUTED,
        TOO_MANY_TABLES;

        /** Whether the record itself can be a row, once the file or the registry is mended. */
        public boolean mendable() {
            return switch (this) {
                case UNKNOWN_SCHEMA_ID, SCHEMA_CHANGE_REFUSED, RULE_BROKEN, EXPRESSION_FAILED, TOO_MANY_TABLES -> true;
                case WRONG_MAGIC_BYTE,
                        TRUNCATED_PAYLOAD,
                        TRAILING_BYTES,
                        UNMAPPABLE_SCHEMA,
                        BAD_UTF8,
                        DECIMAL_OVERFLOW,
                        UNROUTED -> false;
            };
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Trades(String topic) {
        this.topic = topic;
        Stack.running().createTopic(topic, PARTITIONS);
        this.schema = register("-value", "Trade", FIELDS.formatted(""));
        this.wider = register(
                "-wider",
                "Trade",
                FIELDS.formatted("") + ", {\"name\": \"venue\", \"type\": \"string\", \"default\": \"\"}");
        this.recursive = register("-recursive", "Tree", "{\"name\": \"left\", \"type\": [\"null\", \"Tree\"]}");
        // The registry numbers what it is given; the next one is this topic's, and comes when it is mended.
        this.lacking = recursive + 1;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Stack.running().bootstrapServers(), "enable.idempotence", true),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private int register(String suffix, String name, String fields) {
        return Stack.running()
                .register(
                        topic + suffix,
                        "{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [" + fields + "]}");
    }

    /** Gives the registry the schema that it lacked. */
    public void registerWhatWasLacking() {
        int id = register("-late", "Trade", FIELDS.formatted(", \"doc\": \"registered late\""));
        if (id != lacking) {
            throw new IllegalStateException("the registry has numbered a schema " + id + ", not " + lacking);
        }
    }

    /** Writes these numbers, and returns when the broker has them. */
    public void send(long from, long to) {
        for (long number = from; number < to; number++) {
            send(number, flaw(number));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all records could be written", failure.get());
        }
    }

    private void send(long number, @Nullable Flaw flaw) {
        producer.send(
                new ProducerRecord<>(topic, (int) (number % PARTITIONS), null, value(number)), (place, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    } else if (flaw != null) {
                        flawed.put(place.partition() + "@" + place.offset(), number);
                    }
                });
    }

    /** The number of the flawed record that the broker has put to this place. */
    public Optional<Long> flawedAt(int partition, long offset) {
        return Optional.ofNullable(flawed.get(partition + "@" + offset));
    }

    public int flawed() {
        return flawed.size();
    }

    /** None for the first hundred, so that the tables of both desks are there before a third is asked for. */
    public static @Nullable Flaw flaw(long number) {
        return number % HUNDRED != HUNDRED - 1 || number < HUNDRED
                ? null
                : Flaw.values()[(int) (number / HUNDRED % Flaw.values().length)];
    }

    /** The table's last word, for a row that is there or will be once all is mended. */
    public static String desk(long number) {
        return flaw(number) == Flaw.TOO_MANY_TABLES ? "rome" : number % 2 == 0 ? "oslo" : "bern";
    }

    /** What a row has: {@code id, amount, lots, note, share} and {@code venue}, which only one flaw brings. */
    public static List<@Nullable Object> row(long number) {
        int lots = lots(number);
        return Arrays.asList(
                number,
                new BigDecimal(BigInteger.valueOf(number % 900_000), 2),
                lots,
                note(number),
                lots == 0 ? null : 1_000 / lots,
                flaw(number) == Flaw.SCHEMA_CHANGE_REFUSED ? "pit" : null);
    }

    private static String note(long number) {
        return "trade " + Long.toString(number * 31, 36);
    }

    private static int lots(long number) {
        Flaw flaw = flaw(number);
        return flaw == Flaw.RULE_BROKEN ? 5_000 : flaw == Flaw.EXPRESSION_FAILED ? 0 : 1 + (int) (number % 999);
    }

    /** The bytes of a record as its producer writes them. */
    public byte[] value(long number) {
        Flaw flaw = flaw(number);
        if (flaw == Flaw.WRONG_MAGIC_BYTE) {
            return ("{\"id\": " + number + "}").getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schema(flaw)).array());
        if (flaw == Flaw.UNMAPPABLE_SCHEMA) {
            zigzag(bytes, 0);
            return bytes.toByteArray();
        }
        fields(bytes, number, flaw);
        byte[] whole = bytes.toByteArray();
        return flaw == Flaw.TRUNCATED_PAYLOAD ? Arrays.copyOf(whole, whole.length - 2) : whole;
    }

    private static void fields(ByteArrayOutputStream bytes, long number, @Nullable Flaw flaw) {
        zigzag(bytes, number);
        if (flaw == Flaw.UNROUTED) {
            zigzag(bytes, 0);
        } else {
            zigzag(bytes, 1);
            block(bytes, desk(number).getBytes(StandardCharsets.UTF_8));
        }
        long hundredths = flaw == Flaw.DECIMAL_OVERFLOW ? 1_000_000 + number : number % 900_000;
        block(bytes, BigInteger.valueOf(hundredths).toByteArray());
        zigzag(bytes, 1);
        zigzag(bytes, lots(number));
        byte[] note = note(number).getBytes(StandardCharsets.UTF_8);
        if (flaw == Flaw.BAD_UTF8) {
            note[note.length - 1] = (byte) 0xff;
        }
        block(bytes, note);
        if (flaw == Flaw.SCHEMA_CHANGE_REFUSED) {
            block(bytes, "pit".getBytes(StandardCharsets.UTF_8));
        }
        if (flaw == Flaw.TRAILING_BYTES) {
            bytes.write(7);
        }
    }

    private int schema(@Nullable Flaw flaw) {
        return flaw == Flaw.SCHEMA_CHANGE_REFUSED
                ? wider
                : flaw == Flaw.UNMAPPABLE_SCHEMA ? recursive : flaw == Flaw.UNKNOWN_SCHEMA_ID ? lacking : schema;
    }

    private static void block(ByteArrayOutputStream bytes, byte[] content) {
        zigzag(bytes, content.length);
        bytes.writeBytes(content);
    }

    /** Avro's whole numbers: seven bits a byte, the lowest first, the sign in the last bit. */
    private static void zigzag(ByteArrayOutputStream bytes, long number) {
        long left = (number << 1) ^ (number >> 63);
        for (; (left & ~0x7fL) != 0; left >>>= 7) {
            bytes.write((int) ((left & 0x7f) | 0x80));
        }
        bytes.write((int) left);
    }

    @Override
    public void close() {
        producer.close();
    }
}
