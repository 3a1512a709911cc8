package dev.firn.schema.infer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file is, the answer names it, and the line. */
class BrokenDataTest {

    @TempDir
    private Path folder;

    private Inferring inferring = new Inferring(Path.of(""));

    @BeforeEach
    void open() {
        inferring = new Inferring(folder);
    }

    private void refused(String name, String text, String message) {
        inferring.refused(name, text.getBytes(StandardCharsets.UTF_8), message);
    }

    @Test
    void namesTheLineHoweverFarItIs() {
        refused(
                "d.json",
                "{\"a\": 1}\n".repeat(999_999) + "{\"a\": 1,}\n",
                "d.json:1000000: this is not JSON: Unexpected character ('}' (code 125)): was expecting double-…");
        refused(
                "d.csv",
                "a,b\n" + "1,2\n".repeat(999_998) + "1,2,3\n",
                "d.csv:1000000: 3 cells here, and 2 cells in the first line; is the delimiter right, or a quotation mark missing?");
    }

    @Test
    void saysWhatIsNoRecord() {
        refused("d.json", "{}\n[1]", "d.json:2: a record is an object, and here is a number");
        refused("d.json", "\n\"x\"", "d.json:2: a record is an object, and here is a text");
        refused("d.json", "[[{}]]", "d.json:1: a record is an object, and here is an array in an array");
        refused("d.json", "null", "d.json:1: a record is an object, and here is null");
    }

    @Test
    void saysWhereThereIsNothing() {
        refused("d.json", "", "there are no records, and so no schema");
        refused("d.json", "[]", "there are no records, and so no schema");
        refused("d.json", "{}", "no record has a field, and so there is no schema");
        refused("d.csv", "a,b\n", "there are no records, and so no schema");
        refused("d.csv", "", "there are no records, and so no schema");
    }

    @Test
    void saysWhatEndsTooEarly() throws IOException {
        refused("d.json", "{\"a\":\n{\"b\": 1", "d.json:2: the file ends in the middle of a record");
        refused("d.json", "[{\"a\": 1},\n", "d.json:2: the file ends in the middle of an array");
        refused("d.csv", "a,b\n1,\"2\n", "d.csv:3: this is not CSV: Missing closing quote for value");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        inferring.refused(
                "d.json",
                Arrays.copyOf(packed.toByteArray(), packed.size() - 6),
                "`d.json` is compressed, and cut off or damaged");
    }

    @Test
    void refusesANameThatStandsTwice() {
        refused("d.json", "{\"a\": 1,\n\"a\": 2}", "d.json:2: `a` stands twice in one object");
        refused("d.csv", "a,b,a\n1,2,3\n", "d.csv:1: the header has `a` twice");
    }

    @Test
    void endsWhereDataHaveNoEnd() {
        String deep = "{\"a\": ".repeat(101) + "1" + "}".repeat(101);
        refused("d.json", deep, "d.json:1: values are nested more than 100 deep");
        refused("d.json", "{\"a\": " + "9".repeat(1_001) + "}", "d.json:1: a number has more than 1000 characters");
        refused(
                "d.csv",
                "a\n\"" + "x".repeat(20_000_001) + "\"\n",
                "d.csv:1: a cell is longer than any that is read; is a quotation mark left open?");
        refused(
                "d.json",
                "{" + names(0, 9_000) + "}\n{" + names(9_000, 10_001) + "}",
                "d.json:2: up to here there are more fields than anybody could make columns of; if their names are data, put"
                        + " them into a field of their own");
        refused(
                "d.json",
                "{"
                        + IntStream.range(0, 12)
                                .mapToObj(i -> "\"o" + i + "\": {" + names(0, 9_999) + "}")
                                .collect(Collectors.joining(",\n"))
                        + "}",
                "d.json:11: up to here there are more fields than anybody could make columns of; if their names are data, put"
                        + " them into a field of their own");
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"f" + i + "\": 1").collect(Collectors.joining(", "));
    }

    @Test
    void refusesWhatIsNoTextInUtf8() {
        byte[] latin = "{\"a\": 1}\n{\"a\": \"Köln\"}".getBytes(StandardCharsets.ISO_8859_1);
        inferring.refused(
                "d.json",
                latin,
                "`d.json`: line 2 is not UTF-8: byte `0xf6`; if the file is in another encoding, convert it, as in `iconv -f LATIN1 -t UTF-8`");
        refused("d.csv", "a\n\0\n", "`d.csv`: line 2 holds a zero byte, which no text does");
        for (int[] bytes : List.of(
                new int[] {0xc0, 0x80}, new int[] {0xed, 0xa0, 0x80}, new int[] {0xf4, 0x90, 0x80, 0x80}, new int[] {
                    0xff
                })) {
            byte[] file = {'a', '\n', 'x', 'x', 'x', 'x'};
            for (int i = 0; i < bytes.length; i++) {
                file[2 + i] = (byte) bytes[i];
            }
            int found = bytes[0] == 0xed || bytes[0] == 0xf4 ? bytes[1] : bytes[0];
            inferring.refused(
                    "d.csv",
                    file,
                    "`d.csv`: line 2 is not UTF-8: byte `0x" + Integer.toHexString(found)
                            + "`; if the file is in another encoding, convert it, as in `iconv -f LATIN1 -t UTF-8`");
        }
        inferring.refused("d.csv", new byte[] {'a', '\n', (byte) 0xc3}, "`d.csv`: line 2 ends within a character");
    }

    @Test
    void saysWhatIsNoFileOfData() throws IOException {
        inferring.refused(
                () -> Inferring.PLAIN.of("R", List.of(folder.resolve("none.json"))), "there is no file `none.json`");
        Files.createDirectory(folder.resolve("folder.json"));
        inferring.refused(
                () -> Inferring.PLAIN.of("R", List.of(folder.resolve("folder.json"))),
                "`folder.json` is a folder, and data are in a file");
        refused(
                "d.txt",
                "hello",
                "neither the name of `d.txt` nor how it begins says what it is; add `--from json|csv|parquet`");
        inferring.refused(
                () -> Inferring.PLAIN.of(
                        "R", List.of(inferring.file("a.json", new byte[0]), inferring.file("b.csv", new byte[0]))),
                "the files are of different formats, and one schema is of one");
    }
}
