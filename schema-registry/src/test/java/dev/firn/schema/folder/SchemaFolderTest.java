package dev.firn.schema.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.SchemaCode;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.SchemaPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that are not as a pull has left them. */
class SchemaFolderTest {

    private static final String INDEX =
            """
            {"version": 1, "schemas": [
              {"file": "orders-value.avsc", "type": "AVRO", "registry": "r", "subject": "orders-value", "version": 3, "id": 30,
               "read-by": [{"pipeline": "shop", "source": "kafka", "stream": "orders", "part": "value"}]}]}
            """;

    private static final String MEND =
            "take the file back from version control, or remove it and call `firn schema pull`";

    private final Diagnostics diagnostics = new Diagnostics();

    @TempDir
    private Path folder;

    @BeforeEach
    void pull() throws IOException {
        write("pulled.json", INDEX);
        write("orders-value.avsc", "\"string\"");
    }

    @Test
    void areReadWhole() {
        assertThat(isKnown()).isTrue();
        assertThat(SchemaFolder.read(folder, diagnostics).orElseThrow().of("shop", diagnostics))
                .hasEntrySatisfying(
                        "kafka", known -> assertThat(known.streams()).containsExactly("orders"));
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    @Test
    void areSomebodyElsesWithoutAnIndex() throws IOException {
        Files.delete(folder.resolve("pulled.json"));

        assertThat(SchemaFolder.read(folder, diagnostics)).isEmpty();
        assertThat(SchemaFolder.read(folder.resolve("none"), diagnostics)).isEmpty();
        assertThat(diagnostics.inOrder()).isEmpty();
    }

    @Test
    void mayLackAFile() throws IOException {
        Files.delete(folder.resolve("orders-value.avsc"));

        assertThat(isKnown()).isFalse();
        assertReported("orders-value.avsc", 1, 1, "the index names `%s`, and there is no such file");
    }

    @Test
    void mayHoldWhatIsNotJson() throws IOException {
        write("orders-value.avsc", "{\"type\": \"record\",\n<<<<<<< ours\n");

        assertThat(isKnown()).isFalse();
        assertReported("orders-value.avsc", 2, 1, "`%s` is not JSON from here on");
    }

    @Test
    void mayHoldWhatIsNotAvro() throws IOException {
        write("orders-value.avsc", "{\"type\": \"strin\"}");

        assertThat(isKnown()).isFalse();
        assertReported("orders-value.avsc", 1, 1, "`%s` is not valid Avro: Type not supported: strin");
    }

    @Test
    void mayHoldWhatIsNotText() throws IOException {
        Files.write(folder.resolve("orders-value.avsc"), new byte[] {(byte) 0xff});

        assertThat(isKnown()).isFalse();
        assertReported("orders-value.avsc", 1, 1, "`%s` is not UTF-8");
    }

    @Test
    void mayHaveAnIndexThatAMergeHasBroken() throws IOException {
        write("pulled.json", INDEX.replace("\"id\": 30,", "\n=======\n"));

        assertThat(isKnown()).isFalse();
        assertReported("pulled.json", 3, 1, "`%s` is not JSON from here on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": 1, | \"version\": 2, | its `version` is `2`, and this Firn reads version 1",
                "\"schemas\"     | \"schema\"      | it has no list `schemas`",
                "\"subject\"     | \"subjekt\"     | `schemas[0]` has no text `subject`",
                "orders-value.avsc | a/x.avsc      | `schemas[0].file` is no name of a file in the folder",
                "orders-value.avsc | ../x.avsc     | `schemas[0].file` is no name of a file in the folder",
                "\"part\": \"value\" | \"part\": \"head\" | `schemas[0].read-by[0].part` is neither `value` nor `key`",
                "\"stream\": \"orders\" | \"stream\": 7 | `schemas[0].read-by[0]` has no text `stream`",
            })
    void mayHaveAnIndexThatIsNone(String found, String instead, String why) throws IOException {
        write("pulled.json", INDEX.replace(found, instead));

        assertThat(isKnown()).isFalse();
        assertReported("pulled.json", 1, 1, "`%s` is no index of schemas: " + why);
    }

    private boolean isKnown() {
        return SchemaFolder.read(folder, diagnostics)
                .map(read -> read.of("shop", diagnostics).getOrDefault("kafka", KnownSchemas.NONE))
                .flatMap(known -> known.of("orders", SchemaPart.VALUE))
                .isPresent();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void assertReported(String name, int line, int column, String message) {
        String file = folder.resolve(name).toString();
        assertThat(diagnostics.inOrder())
                .containsExactly(Diagnostic.error(
                                SchemaCode.BROKEN_SCHEMA_FILE,
                                new SourceSpan(file, line, column, 1),
                                message.formatted(file))
                        .fixedBy(MEND));
    }
}
