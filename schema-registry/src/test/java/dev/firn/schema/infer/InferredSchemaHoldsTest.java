package dev.firn.schema.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.schema.testing.RandomAvro;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever records there are, each of them fits the schema that is inferred from all, with every digit. */
class InferredSchemaHoldsTest {

    private static final int ROUNDS = 300;
    private static final int RECORDS = 12;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    private Path folder;

    @Test
    void everyRecordFits() throws NotInferable, JsonProcessingException {
        int checked = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomAvro random = new RandomAvro(seed);
            Schema schema = random.record();
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                lines.add(JsonOfAvro.of(schema, random.recordValue(schema)).toString());
            }
            Inferred inferred = new Inferring(folder).of(Inferring.PLAIN, "d.json", String.join("\n", lines));
            Schema found = Inferring.avro(inferred);
            for (String line : lines) {
                JsonNode record = JSON.readTree(line);
                assertThat(Fits.fits(record, found))
                        .as("seed %d: %s in %s", seed, line, found)
                        .isTrue();
                checked++;
            }
        }
        assertThat(checked).isEqualTo(ROUNDS * RECORDS);
    }

    @Test
    void whatFitsIsLookedAtClosely() {
        Schema decimal = new Schema.Parser()
                .parse("{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 4, \"scale\": 1}");
        assertThat(Fits.fits(JSON.getNodeFactory().numberNode(new BigDecimal("123.4")), decimal))
                .isTrue();
        assertThat(Fits.fits(JSON.getNodeFactory().numberNode(new BigDecimal("1.23")), decimal))
                .isFalse();
        assertThat(Fits.fits(JSON.getNodeFactory().textNode("x"), Schema.create(Schema.Type.LONG)))
                .isFalse();
    }
}
