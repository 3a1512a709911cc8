package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;
import static dev.firn.schema.json.JsonRecords.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a record or a schema is, there is an answer: anything else thrown would end the job for one record. */
class MutatedJsonTest {

    private static final int ROUNDS = 40_000;

    static final String SCHEMA = quoted(
            "{'$defs': {'n': {'type': 'number', 'multipleOf': 0.01}}, 'type': 'object', 'required': ['id'], 'properties': {"
                    + "'id': {'type': 'integer'}, 'p': {'type': ['number', 'null']}, 'm': {'$ref': '#/$defs/n'},"
                    + "'t': {'type': 'string'}, 'at': {'type': 'string', 'format': 'date-time'},"
                    + "'d': {'type': 'string', 'format': 'date'}, 'u': {'type': 'string', 'format': 'uuid'},"
                    + "'l': {'type': 'array', 'items': {'allOf': [{'properties': {'x': {'enum': ['a', 1]}}},"
                    + "{'properties': {'y': {'type': 'boolean'}}}]}}, 'k': {'additionalProperties': {'type': 'integer'}}}}");

    private static final String RECORD = quoted(
            "{'id': 1e3, 'p': -0.5, 'm': 1.25, 't': 'a\\u00e4\u00e4\\n', 'at': '2024-01-01T00:00:00.5Z',"
                    + " 'd': '2024-02-29', 'u': '00112233-4455-6677-8899-aabbccddeeff', 'l': [{'y': true}], 'k': {'a': 1}, 'o': [{}]}");

    private final Random random = new Random(7);

    @Test
    void everyRecordIsARowOrRejected() throws Rejected {
        String schema = SCHEMA.replace(", 1]", "]");
        RowDecoder decoder = JsonSchemas.of("the schema", schema, JsonRules.STRICT, 0)
                .decoder(table(schema, JsonRules.STRICT), Row.FACTORY);
        int rejected = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                decoder.decode(AvroBytes.raw(mutated(RECORD, random)));
            } catch (Rejected expected) {
                rejected++;
            }
        }
        assertThat(rejected).isBetween(ROUNDS / 2, ROUNDS - 100);
    }

    @Test
    void everySchemaIsATableOrRefused() {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                JsonColumns.of(new String(mutated(SCHEMA, random), StandardCharsets.UTF_8), JsonRules.STRICT);
            } catch (NotJsonSchema expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(ROUNDS / 2, ROUNDS - 100);
    }

    /** One to three bytes changed, left out or put in twice, most of them by what JSON is made of. */
    static byte[] mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "{}[]\",:0123456789.eE+-tfn\\u".getBytes(StandardCharsets.UTF_8);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            byte other = random.nextInt(4) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = other;
                case 1 -> System.arraycopy(bytes.clone(), at, bytes, Math.max(0, at - 1), bytes.length - at);
                default -> System.arraycopy(bytes.clone(), 0, bytes, Math.min(at, 3), bytes.length - Math.min(at, 3));
            }
        }
        return bytes;
    }
}
