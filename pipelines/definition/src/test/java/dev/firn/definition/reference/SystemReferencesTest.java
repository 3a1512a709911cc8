package dev.firn.definition.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemReferencesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("plain.txt"), "first\nsecond\n");
        Files.writeString(folder.resolve("some.properties"), "user.name=ada\nempty=\n");
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/pass-word"), "hunter2\r\n");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, (byte) 0x28});
    }

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "${env:HOST}:9092,broker:9092",
        "${env:HOST}/${env:HOST},broker/broker",
        "${env:HOST:-other},broker",
        "${env:NONE:-other},other",
        "a${env:NONE:-}b,ab",
        "${env:EMPTY:-other},''",
        "$${env:HOST},${env:HOST}",
        "$5 and $$,$5 and $$",
        "${file:some.properties:user.name},ada",
        "${file:some.properties:empty},''",
        "${secret:pass-word},hunter2",
        "${secret:api-key.v2},from the environment",
        "${env:RECURSIVE},${env:HOST}"
    })
    void resolves(String raw, String value) {
        assertThat(new Text(raw).resolve(references())).isEqualTo(value);
    }

    @Test
    void takesAFileWithoutItsLastLineBreak() {
        assertThat(references().resolve("${file:plain.txt}")).isEqualTo("first\nsecond");
        assertThat(references().resolve("${file:" + folder.resolve("plain.txt") + "}"))
                .isEqualTo("first\nsecond");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x${env:NONE}|${env:NONE}|the environment variable `NONE` is not set",
                "${file:none.txt}|${file:none.txt}|there is no file `none.txt`",
                "${file:binary}|${file:binary}|the file `binary` can't be read as UTF-8 text",
                "${file:some.properties:none}|${file:some.properties:none}|the file has no key `none`",
                "${secret:none}|${secret:none}|there is neither a file `secrets/none` nor an environment variable `NONE`",
                "${nonsense}|${nonsense}|it is none of `${env:X}`, `${file:path}`, `${secret:x}`"
            })
    void saysWhichReferenceLeadsNowhere(String raw, String reference, String reason) {
        assertThatExceptionOfType(UnresolvedReference.class)
                .isThrownBy(() -> references().resolve(raw))
                .satisfies(e -> assertThat(e.reference()).isEqualTo(reference))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace(folder + "/", ""))
                        .isEqualTo("reference `" + reference + "` can't be resolved: " + reason));
    }

    private SystemReferences references() {
        return new SystemReferences(
                Map.of(
                        "HOST", "broker",
                        "EMPTY", "",
                        "RECURSIVE", "${env:HOST}",
                        "API_KEY_V2", "from the environment",
                        "FIRN_SECRETS", "secrets"),
                folder);
    }
}
