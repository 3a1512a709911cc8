package dev.firn.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of whole Iceberg tables, metadata and manifests included, that shares no code with Iceberg's library: icebird, in
 * JavaScript, as {@code src/test/icebird} locks it.
 *
 * @param folder where it is installed
 */
public record Icebird(Path folder) {

    private static final Path SOURCE = Path.of("src/test/icebird");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Installs exactly the locked versions. */
    public static Icebird installed() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(
                Stack.folder().resolve("icebird-" + ProcessHandle.current().pid()));
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        Icebird icebird = new Icebird(folder);
        icebird.run("npm", "ci");
        return icebird;
    }

    /** The rows of the table in a folder, spelled canonically. */
    public List<Map<String, @Nullable Object>> rows(Path table) throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(run("node", "read.mjs", table.toString()))) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            JSON.readTree(line)
                    .fields()
                    .forEachRemaining(column -> row.put(column.getKey(), Canonical.value(column.getValue())));
            rows.add(row);
        }
        return rows;
    }

    /** The rows of each table as of its metadata file, every field found by its id, and nulls as they are. */
    public List<List<JsonNode>> rowsByIds(List<Path> metadata) throws IOException, InterruptedException {
        List<List<JsonNode>> tables = new ArrayList<>();
        metadata.forEach(table -> tables.add(new ArrayList<>()));
        List<String> command = new ArrayList<>(List.of("node", "rows.mjs"));
        metadata.forEach(table -> command.add(table.toString()));
        for (String line : Files.readAllLines(run(command.toArray(String[]::new)))) {
            JsonNode row = JSON.readTree(line);
            tables.get(row.get(0).intValue()).add(row.get(1));
        }
        return tables;
    }

    /** The data files that are in a table as of a metadata file, {@code TABLE/metadata/...}. */
    public List<String> dataFiles(Path metadata) throws IOException, InterruptedException {
        Path table = metadata.resolve("../..").normalize();
        return Files.readAllLines(run(
                "node", "files.mjs", table.toString(), metadata.getFileName().toString()));
    }

    /** A timestamp as icebird shows it; anything else as it is. */
    public static @Nullable Object cut(@Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.truncatedTo(ChronoUnit.MILLIS);
        }
        return value instanceof LocalDateTime time ? time.truncatedTo(ChronoUnit.MILLIS) : value;
    }

    /** Runs a command to its end; answers the file with what it printed. */
    private Path run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve(command[0] + ".out");
        Path err = folder.resolve(command[0] + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        int code = start(builder).waitFor();
        if (code != 0) {
            throw new IllegalStateException("`" + String.join(" ", command) + "` ended with " + code + ":\n"
                    + Files.readString(out) + Files.readString(err));
        }
        return out;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "`" + builder.command().get(0) + "` can't be started; the profile `heavy` needs Node 18 or later"
                            + " with npm, on Debian: apt-get install nodejs npm",
                    e);
        }
    }
}
