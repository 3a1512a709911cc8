package dev.firn.plan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that says what was agreed. */
public record Golden(Path file) {

    private static final String REWRITE = "mvn -pl pipelines/plan test -Dfirn.golden=write";

    public static Golden at(Path file) {
        return new Golden(file);
    }

    public void isEqualTo(String actual) {
        try {
            if ("write".equals(System.getProperty("firn.golden"))) {
                Files.writeString(file, actual);
            }
            assertThat(actual)
                    .describedAs("%s; if the new text is right, write it with: %s", file, REWRITE)
                    .isEqualTo(Files.exists(file) ? Files.readString(file) : "(there is no " + file + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
