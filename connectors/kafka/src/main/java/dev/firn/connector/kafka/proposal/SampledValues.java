package dev.firn.connector.kafka.proposal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.spi.record.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the values of a sample look like.
 *
 * @param values those that there are
 * @param framed how many begin as a frame does: a zero byte and four of a schema's id
 * @param objects how many are a JSON object
 * @param texts how many are UTF-8 without control characters, JSON or not
 * @param newestId the schema's id in the frame of the newest of them
 */
record SampledValues(int values, int framed, int objects, int texts, OptionalInt newestId) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What most of them are; a few bad ones among many good ones are what quarantines are for. */
    enum Kind {
        NOTHING,
        FRAMED,
        JSON,
        TEXT,
        BINARY
    }

    static SampledValues of(List<RawRecord> records) {
        int values = 0;
        int framed = 0;
        int objects = 0;
        int texts = 0;
        long newest = Long.MIN_VALUE;
        OptionalInt newestId = OptionalInt.empty();
        for (RawRecord record : records) {
            byte[] value = record.value();
            if (value == null) {
                continue;
            }
            values++;
            if (record.valueSchemaId() > 0) {
                framed++;
                if (record.timestamp() >= newest) {
                    newest = record.timestamp();
                    newestId = OptionalInt.of(record.valueSchemaId());
                }
            } else if (isText(value)) {
                texts++;
                objects += isObject(value) ? 1 : 0;
            }
        }
        return new SampledValues(values, framed, objects, texts, newestId);
    }

    Kind kind() {
        if (values == 0) {
            return Kind.NOTHING;
        }
        if (isMost(framed)) {
            return Kind.FRAMED;
        }
        if (isMost(objects)) {
            return Kind.JSON;
        }
        return isMost(texts) ? Kind.TEXT : Kind.BINARY;
    }

    private boolean isMost(int some) {
        return some * 2L > values;
    }

    private static boolean isText(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .chars()
                    .noneMatch(character -> Character.isISOControl(character) && !Character.isWhitespace(character));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isObject(byte[] value) {
        try {
            return JSON.readTree(value).isObject();
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("our bug: bytes at hand can't be read", e);
        }
    }
}
