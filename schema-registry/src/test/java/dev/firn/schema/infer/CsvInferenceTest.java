package dev.firn.schema.infer;

import static dev.firn.schema.infer.Inferring.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lines of cells become. */
class CsvInferenceTest {

    @TempDir
    private Path folder;

    private Inferring inferring = new Inferring(Path.of(""));

    @BeforeEach
    void open() {
        inferring = new Inferring(folder);
    }

    @Test
    void readsCellsQuotedOrNotAndLinesWithinThem() throws NotInferable {
        Inferred inferred = inferring.csv(
                """
                id,paid,price,at,local,d,u,note
                1,true,9.90,2024-01-01 10:00:00+00,2024-01-01 10:00,2024-01-01,00112233-4455-6677-8899-aabbccddeeff,"a ""b"",
                c"

                "2",FALSE,"12.5",2024-01-01T10:00:00.5+02:00,,2024-01-02,,
                """);

        assertThat(inferred.records()).isEqualTo(2);
        assertThat(rows(inferred))
                .containsExactly(
                        "id long 0/2 1 to 2",
                        "paid boolean 0/2",
                        "price double 0/2 9.90 to 12.5",
                        "at timestamp-micros 0/2 2024-01-01T08:00:00.500Z to 2024-01-01T10:00:00Z",
                        "local local-timestamp-micros 1/2 always 2024-01-01T10:00",
                        "d date 0/2 2024-01-01 to 2024-01-02",
                        "u uuid 1/2",
                        "note string 1/2 longest 8");
        assertThat(inferred.remarks()).isEmpty();
    }

    @Test
    void aNumberThatWouldBeWrittenOtherwiseIsAText() throws NotInferable {
        assertThat(rows(inferring.csv("zip,phone,part,point,nil\n007,+4930,12e4,.5,-\n")))
                .containsExactly(
                        "zip string 0/1 longest 3",
                        "phone string 0/1 longest 5",
                        "part string 0/1 longest 4",
                        "point string 0/1 longest 2",
                        "nil string 0/1 longest 1");
    }

    @Test
    void aColumnOfSeveralKindsIsATextForAllOfItIs() throws NotInferable {
        Inferred inferred = inferring.csv("zip,n\n10115,1\n04109,\n04109,yes\n");

        assertThat(rows(inferred)).containsExactly("zip string 0/3 longest 5", "n string 1/3 longest 3");
        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`zip`: a whole number (d.csv:2), a text (d.csv:3); string",
                        "`n`: a whole number (d.csv:2), a text (d.csv:4); string");
    }

    @Test
    void readsWithoutAHeaderAndWithAnotherDelimiter() throws NotInferable {
        assertThat(rows(inferring.of(Inferring.csv(';', CsvOptions.Header.NONE), "d.csv", "1;a,b\n2;c\n")))
                .containsExactly("column_1 long 0/2 1 to 2", "column_2 string 0/2 longest 3");
        assertThat(rows(inferring.of(Inferring.PLAIN, "d.tsv", "a\t\n1\tx\n")))
                .containsExactly("a long 0/1 always 1", "column_2 string 0/1 longest 1");
    }

    @Test
    void asksWhetherTheDelimiterIsRight() throws NotInferable {
        Inferred inferred = inferring.csv("a;b\n1;2\n");

        assertThat(inferring.remarks(inferred))
                .containsExactly(
                        "`d.csv` has one column; if another character is between its cells, say which with `--delimiter`");
    }

    @Test
    void readsWhatGzipHasPackedAndPassesAByteOrderMark() throws NotInferable, IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("\ufeffa,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }

        Inferred inferred = Inferring.PLAIN.of("R", List.of(inferring.file("d.csv.gz", packed.toByteArray())));

        assertThat(rows(inferred)).containsExactly("a long 0/1 always 1", "b long 0/1 always 2");
    }
}
