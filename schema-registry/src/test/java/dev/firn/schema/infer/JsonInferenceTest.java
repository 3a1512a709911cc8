package dev.firn.schema.infer;

import static dev.firn.schema.infer.Inferring.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What objects of JSON become. */
class JsonInferenceTest {

    @TempDir
    private Path folder;

    private Inferring inferring = new Inferring(Path.of(""));

    @BeforeEach
    void open() {
        inferring = new Inferring(folder);
    }

    @Test
    void findsTheTypeOfEachPlaceAndWhatItsValuesRangeOver() throws NotInferable {
        Inferred inferred = inferring.json(
                """
                {'id': 1, 'ok': true, 'd': '2024-02-29', 't': '10:00:00.5', 'at': '2024-01-01T10:00:00+02:00',
                 'local': '2024-01-01T10:00', 'u': '00112233-4455-6677-8899-AABBCCDDEEFF', 's': 'ab',
                 'l': [{'n': 1}, {'n': 2, 'x': 0.5}]}
                {'id': -7, 'ok': false, 'd': '1969-12-31', 't': '10:00:00Z', 'at': '2024-01-01t10:00:00z',
                 'local': '2024-01-01T10:00:00.000001', 'u': '00112233-4455-6677-8899-AABBCCDDEEFF', 's': 'abc', 'l': []}
                """);

        assertThat(inferred.records()).isEqualTo(2);
        assertThat(rows(inferred))
                .containsExactly(
                        "id long 0/2 -7 to 1",
                        "ok boolean 0/2",
                        "d date 0/2 1969-12-31 to 2024-02-29",
                        "t time-micros 0/2 10:00 to 10:00:00.500",
                        "at timestamp-micros 0/2 2024-01-01T08:00:00Z to 2024-01-01T10:00:00Z",
                        "local local-timestamp-micros 0/2 2024-01-01T10:00 to 2024-01-01T10:00:00.000001",
                        "u uuid 0/2",
                        "s string 0/2 longest 3",
                        "l array 0/2 0 to 2 items",
                        "l[] record 0/2",
                        "l[].n long 0/2 1 to 2",
                        "l[].x double 1/2 always 0.5");
        assertThat(inferred.remarks()).isEmpty();
    }

    @Test
    void isReadyToBeRegistered() throws NotInferable {
        Schema schema = Inferring.avro(inferring.json("{'id': 1, 'a': {'b': 'x'}} {'id': 2, 'a': null}"));

        assertThat(schema)
                .isEqualTo(
                        new Schema.Parser()
                                .parse(
                                        """
                                {"type": "record", "name": "R", "fields": [
                                  {"name": "id", "type": "long"},
                                  {"name": "a", "type": ["null", {"type": "record", "name": "R_a", "fields": [
                                    {"name": "b", "type": "string"}]}], "default": null}]}
                                """));
    }

    @Test
    void takesTheItemsOfArraysAndObjectsWithoutLinesBetweenThem() throws NotInferable {
        assertThat(inferring
                        .json("[{'a': 1}, {'a': 2}] {'a': 3}{'a': 4} [] [{'a': 5}]")
                        .records())
                .isEqualTo(5);
    }

    @Test
    void readsSeveralFilesAsOne() throws NotInferable {
        Inferred inferred = Inferring.PLAIN.of(
                "R",
                List.of(
                        inferring.file("one.json", "{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8)),
                        inferring.file("two.jsonl", "\n{\"a\": true}".getBytes(StandardCharsets.UTF_8))));

        assertThat(rows(inferred)).containsExactly("a boolean or long 0/2 always 1, always true");
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`a`: a whole number (one.json:1), a boolean (two.jsonl:2); a union of boolean and long");
    }

    @Test
    void roundsNoNumber() throws NotInferable {
        Inferred inferred = inferring.json(
                """
                {'fits': 1, 'long': 9223372036854775807, 'huge': 9223372036854775808, 'exact': 0.1, 'fine': 0.12345678901234567890123,
                 'far': 9007199254740993, 'tiny': 1e-40, 'beyond': 1e99999999999, 'digits': 1234567890123456789012345678901234567890}
                {'fits': 0.5, 'long': -9223372036854775808, 'huge': 1, 'exact': 1.7976931348623157e308, 'fine': 1,
                 'far': 0.5, 'tiny': 0.5, 'beyond': 1, 'digits': 1}
                """);

        assertThat(rows(inferred))
                .containsExactly(
                        "fits double 0/2 0.5 to 1",
                        "long long 0/2 -9223372036854775808 to 9223372036854775807",
                        "huge decimal(38, 0) 0/2 1 to 9223372036854775808",
                        "exact double 0/2 0.1 to 1.7976931348623157E+308",
                        "fine decimal(38, 23) 0/2 0.12345678901234567890123 to 1",
                        "far decimal(38, 1) 0/2 0.5 to 9007199254740993",
                        "tiny double 0/2 1E-40 to 0.5",
                        "beyond string 0/2 longest 13",
                        "digits string 0/2 longest 40");
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`fits`: a whole number (d.json:1), a number with a point or an exponent (d.json:3); double, which holds all of them",
                        "`huge`: a whole number of more than 64 bits (d.json:1), a whole number (d.json:3); decimal(38, 0), for no other type holds all their digits",
                        "`fine`: a number with a point or an exponent (d.json:1), a whole number (d.json:3); decimal(38, 23), for a double would round one of them",
                        "`far`: a whole number (d.json:2), a number with a point or an exponent (d.json:4); decimal(38, 1), for a double would round one of them",
                        "`beyond`: a number whose exponent is beyond all types (d.json:2), a whole number (d.json:4); string, for no type of numbers holds all their digits",
                        "`digits`: a whole number of more than 64 bits (d.json:2), a whole number (d.json:4); string, for no type of numbers holds all their digits");
    }

    @Test
    void makesDecimalsWhereTheyAreWanted() throws NotInferable {
        Inferred inferred = inferring.of(
                Inferring.DECIMALS,
                "d.json",
                "{\"p\": 1.50, \"q\": 3.25, \"r\": 1e300} {\"p\": 2.5, \"q\": 7, \"r\": 0.5}");

        assertThat(rows(inferred))
                .containsExactly(
                        "p decimal(38, 1) 0/2 1.50 to 2.5",
                        "q decimal(38, 2) 0/2 3.25 to 7",
                        "r double 0/2 0.5 to 1E+300");
    }

    @Test
    void keepsAsATextWhatFirnsReaderWouldNotTakeForATime() throws NotInferable {
        Inferred inferred = inferring.json(
                """
                {'a': '2023-02-29', 'b': '2024-01-01 10:00:00Z', 'c': '10:15', 'd': '10:00:00+02:00', 'e': '1-1-1-1-1',
                 'f': '2024-01-01T10:00:00.0000001Z', 'g': '2024-1-1', 'h': '20240101', 'i': '',
                 'j': '00112233-4455-6677-08899-abbccddeeff'}
                """);

        assertThat(rows(inferred)).allSatisfy(row -> assertThat(row).contains(" string "));
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`f` has times of more than six digits behind the second (d.json:2), which microseconds can't hold; string");
    }

    @Test
    void saysWhatMadeATypeWider() throws NotInferable {
        Inferred inferred = inferring.json(
                """
                {'a': '2024-01-01', 'b': 1, 'c': [1]}
                {'a': 'soon', 'b': 'n/a', 'c': {'d': 1}}
                {'a': 'later', 'b': '2024-01-01', 'c': 'x'}
                """);

        assertThat(rows(inferred))
                .containsExactly(
                        "a string 0/3 longest 10",
                        "b long or string 0/3 always 1, 2024-01-01 to 2024-01-01, longest 10"
                                .replace("2024-01-01 to 2024-01-01", "always 2024-01-01"),
                        "c string or record or array 0/3 longest 1, always 1 item",
                        "c.d long 0/1 always 1",
                        "c[] long 0/1 always 1");
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`a`: a date (d.json:1), a text (d.json:2); string",
                        "`b`: a text (d.json:2), a date (d.json:3); string",
                        "`b`: a whole number (d.json:1), a text (d.json:2); a union of long and string",
                        "`c`: an array (d.json:1), an object (d.json:2), a text (d.json:3); a union of string and record and array");
    }

    @Test
    void saysOfWhichPlacesNothingIsKnown() throws NotInferable {
        Inferred inferred = inferring.json("{'n': null, 'l': [], 'o': {}, 'm': [null]}");

        assertThat(rows(inferred))
                .containsExactly(
                        "n string 1/1",
                        "l array 0/1 always 0 items",
                        "l[] string 0/0",
                        "o map 0/1",
                        "m array 0/1 always 1 item",
                        "m[] string 1/1");
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`n` is never anything but null, so its type can't be told; an optional string stands for it",
                        "`l[]` is always without anything in it, so its type can't be told; an optional string stands for it",
                        "`o` is never anything but `{}`, so its fields can't be told; a map of optional strings stands for it",
                        "`m[]` is never anything but null, so its type can't be told; an optional string stands for it");
    }

    @Test
    void tellsFieldsFromNamesThatAreData() throws NotInferable {
        String sparse = IntStream.range(0, 300)
                .mapToObj(i -> "{'wide': {" + fields(300) + "}, 'by_name': {'k" + i + "': " + (i == 7 ? "null" : i)
                        + ", 'all': {'x': 1}}}")
                .collect(Collectors.joining("\n"));

        Inferred inferred = inferring.json(sparse);

        assertThat(rows(inferred)).hasSize(1 + 300 + 2 + 1).contains("wide.f299 long 0/300 always 1");
        assertThat(rows(inferred).subList(301, 304))
                .containsExactly(
                        "by_name map 0/300",
                        "by_name{} long or record 1/600 0 to 299",
                        "by_name{}.x long 0/300 always 1");
        assertThat(inferring.remarks(inferred))
                .startsWith(
                        "the names in `by_name` are data: there are more than 200, and an object has few of them; a map");
    }

    @Test
    void takesAnObjectOfThousandsOfNamesForAMapAtOnce() throws NotInferable {
        assertThat(rows(inferring.json("{'m': {" + fields(10_001) + "}}")))
                .containsExactly("m map 0/1", "m{} long 0/10001 always 1");
        inferring.refused(
                () -> inferring.json("{'m': {" + fields(10_001) + ", 'f3': 1}}"),
                "d.json:1: `f3` stands twice in one object");
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'f" + i + "': 1").collect(Collectors.joining(", "));
    }

    @Test
    void namesThatDifferOnlyInCaseAreTold() throws NotInferable {
        assertThat(inferring.remarks(inferring.json("{'o': {'a': 1, 'A': 2}}")))
                .containsExactly(
                        "`o.a` and `o.A` differ only in case; Avro can tell them apart, and a table of Firn can't");
    }

    @Test
    void stopsWhereASampleIsEnough() throws NotInferable {
        assertThat(rows(inferring.of(Inferring.sample(1), "d.json", "{\"a\": 1}\n{\"a\": 2}\nthis is broken")))
                .containsExactly("a long 0/1 always 1");
    }
}
