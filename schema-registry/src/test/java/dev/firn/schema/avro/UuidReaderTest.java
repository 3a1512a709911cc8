package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class UuidReaderTest {

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Schema SCHEMA = AvroBytes.record("v {'type': 'string', 'logicalType': 'uuid'}");

    @Test
    void aUuidIsReadInEitherCaseAndEachOfItsDigitsCounts() {
        String uuid = "01234567-89ab-cdef-fedc-ba9876543210";

        assertRead(uuid);
        assertRead(uuid.toUpperCase(Locale.ROOT));
        assertRead("ffffffff-ffff-ffff-ffff-ffffffffffff");
        assertRead("80000000-0000-0000-8000-000000000000");
    }

    @Test
    void oneCharacterMakesItNone() {
        String uuid = "01234567-89ab-cdef-fedc-ba9876543210";
        for (int at = 0; at < uuid.length(); at++) {
            for (char other : "0f-/:@Gg`é".toCharArray()) {
                String changed = uuid.substring(0, at) + other + uuid.substring(at + 1);
                if (UUID_TEXT.matcher(changed).matches()) {
                    assertRead(changed);
                } else {
                    assertThat(read(changed)).isEqualTo("`v` is not a uuid: `" + changed + "`");
                }
            }
        }
    }

    @Test
    void aUuidOfThirtySixBytesWithACharacterOfTwoIsNone() {
        String text = "01234567-89ab-cdef-fedc-ba98765432é";

        assertThat(read(text)).isEqualTo("`v` is not a uuid: `" + text + "`");
    }

    private static void assertRead(String text) {
        assertThat(read(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    private static String read(String text) {
        GenericData.Record datum = new GenericData.Record(SCHEMA);
        datum.put("v", text);
        try {
            Row row = AvroBytes.decode(SCHEMA, AvroBytes.encode(SCHEMA, datum));
            return String.valueOf(row.value("v"));
        } catch (Rejected rejected) {
            return rejected.reason();
        }
    }
}
