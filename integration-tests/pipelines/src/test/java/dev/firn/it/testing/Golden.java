package dev.firn.it.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is made from the code; {@code -Dfirn.golden=write} makes it anew. */
public final class Golden {

    /** Tests run in their module's folder. */
    private static final Path REPOSITORY = Path.of("..", "..");

    private Golden() {}

    public static Path file(String path) {
        return REPOSITORY.resolve(path);
    }

    public static void assertSame(String path, String made, String command) throws IOException {
        Path file = file(path);
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.createDirectories(file.toAbsolutePath().normalize().getParent());
            Files.writeString(file, made);
        }
        String there = Files.exists(file) ? Files.readString(file) : "";
        assertThat(there)
                .as("%s no longer says what the code says; if the code is right: %s", path, command)
                .isEqualTo(made);
    }
}
