package dev.firn.schema.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.binding.Unmappable;
import dev.firn.schema.json.JsonColumns;
import dev.firn.schema.json.JsonFormat;
import dev.firn.schema.json.JsonRules;
import dev.firn.schema.json.NotJsonSchema;
import dev.firn.schema.json.UnknownFields;
import dev.firn.schema.notation.json.JsonSchemaNotation;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.record.RawRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is inferred of JSON, printed as JSON Schema, is a schema with which Firn reads all of it, and equal. */
class ReadAsInferredTest {

    private static final int ROUNDS = 200;
    private static final int RECORDS = 8;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    private Path folder;

    @Test
    void everyRecordIsReadAndEqual() throws Exception {
        int values = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomAvro random = new RandomAvro(seed);
            Schema schema = random.record();
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                lines.add(JsonOfAvro.of(schema, random.recordValue(schema)).toString());
            }
            RowDecoder decoder = decoder(new Inferring(folder).of(Inferring.PLAIN, "d.json", String.join("\n", lines)));
            for (String line : lines) {
                Row row = (Row) decoder.decode(AvroBytes.raw(line.getBytes(StandardCharsets.UTF_8)));
                assertSame("seed " + seed + ": " + line, JSON.readTree(line), row);
                values += row == null ? 0 : row.values().size();
            }
        }
        assertThat(values).isGreaterThan(ROUNDS * RECORDS);
    }

    /** Where a place has several types, its JSON is kept as a text: the way out that the plan names. */
    private static RowDecoder decoder(Inferred inferred) throws NotExpressible, NotJsonSchema, Rejected {
        String text = new JsonSchemaNotation().write(inferred.schema()).text();
        TreeSet<String> choices = new TreeSet<>();
        JsonRules rules = JsonRules.STRICT;
        JsonColumns columns = JsonColumns.of(text, rules);
        for (int tries = 0; columns.table().isEmpty() && tries < 5; tries++) {
            // A name that no column can have is not mended by what stands behind it, but by what it is in.
            boolean first = tries == 0;
            choices.addAll(columns.unmappable().stream()
                    .map(Unmappable::path)
                    .map(path -> first ? path : path.replaceFirst("(?s)[.\\[{].*", ""))
                    .toList());
            rules = new JsonRules(Nanoseconds.REFUSE, choices, UnknownFields.QUARANTINE);
            columns = JsonColumns.of(text, rules);
        }
        FormatReader reader = JsonFormat.plain(Map.of("t", text), rules).open(raw -> raw).stream("t");
        return reader.decoder(RawRecord.NO_SCHEMA_ID, orFail(columns), Row.FACTORY);
    }

    private static dev.firn.spi.schema.TableSchema orFail(JsonColumns columns) {
        return columns.table().orElseThrow(() -> new AssertionError(columns.unmappable()));
    }

    private static void assertSame(String where, JsonNode json, @Nullable Object read) throws JsonProcessingException {
        if (read == null) {
            assertThat(json.isNull() || json.isMissingNode()).as(where).isTrue();
        } else if (read instanceof Row row) {
            json.fieldNames()
                    .forEachRemaining(name -> assertThat(row.names()).as(where).contains(name));
            for (String name : row.names()) {
                assertSame(where, json.path(name), row.value(name));
            }
        } else if (read instanceof List<?> list) {
            assertThat(list).as(where).hasSize(json.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(where, json.get(i), list.get(i));
            }
        } else if (read instanceof Map<?, ?> map) {
            assertThat(map).as(where).hasSize(json.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                assertSame(where, json.path(String.valueOf(entry.getKey())), entry.getValue());
            }
        } else if (read instanceof Number number) {
            assertThat(new BigDecimal(number.toString())).as(where).isEqualByComparingTo(json.decimalValue());
        } else if (read instanceof OffsetDateTime instant) {
            assertThat(instant).as(where).isEqualTo(OffsetDateTime.parse(json.textValue()));
        } else if (read instanceof LocalTime time) {
            assertThat(time).as(where).isEqualTo(LocalTime.parse(json.textValue()));
        } else if (json.isTextual() && !read.equals(json.toString())) {
            assertThat(read.toString()).as(where).isEqualToIgnoringCase(json.textValue());
        } else {
            assertThat(JSON.readTree(read.toString())).as(where).isEqualTo(json);
        }
    }
}
