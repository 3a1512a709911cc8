package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connector is a folder with an options record, a class that describes it and a line that names the class: grammar, complaints,
 * help, the schema for editors, the reference and the plan follow from them. The folder is compiled here, and nothing else knows it.
 */
class NewConnectorTest {

    private static final Path SOURCES = Path.of("src/test/new-connector");

    @TempDir
    static Path folder;

    private static ClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        List<URL> urls = new ArrayList<>(List.of(
                classes.toUri().toURL(), SOURCES.toAbsolutePath().toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void isPlanned() throws Exception {
        assertThat(firn(
                        "plan",
                        "--offline",
                        "--verbose",
                        file("clocks: [wall, tower], tower-password: \"${secret:tower}\"")))
                .contains("source ticks")
                .containsPattern("reads +tower, wall")
                .containsPattern("promise +a tick every 1 s")
                .containsPattern("movement +quartz")
                .contains("${secret:tower}")
                .contains("clocks.tower")
                .contains("uid clocks/source/ticks");
    }

    @Test
    void isLinted() throws Exception {
        assertThat(firn("lint", file("clock: wall, every: 1ms, movement: pendlum")))
                .contains("2:23: error[unknown-option]: unknown option `clock`")
                .contains("expected: one of `clocks`, `every`, `movement`, `name`, `tower-password`, `type`")
                .contains("fix: rename it to `clocks`")
                .contains("option `every` is too small: `1ms`")
                .contains("fix: write `pendulum`");
    }

    @Test
    void isExplained() throws Exception {
        assertThat(firn("help", "movement"))
                .contains("# `movement` in `source:` of type `ticks`")
                .contains("What makes them tick.")
                .contains("one of `pendulum`, `quartz`");
    }

    @Test
    void isInTheSchemaOfEditorsAndInTheReference() throws Exception {
        assertThat(firn("grammar")).contains("\"ticks\"", "What makes them tick.", "\"pendulum\"");
        assertThat(firn("grammar", "--format", "markdown"))
                .contains(
                        "## `source:` of type `ticks`",
                        "- **`movement`** · one of `pendulum`, `quartz` · `quartz` unless said");
    }

    private static String file(String options) throws IOException {
        return Files.writeString(
                        folder.resolve("clocks.yaml"),
                        """
                        pipeline: {name: clocks}
                        source: {type: ticks, %s}
                        sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:/lake"}}
                        """
                                .formatted(options))
                .toString();
    }

    /** In a loader of its own, which alone has the folder. */
    private static String firn(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Class<?> screen = loader.loadClass("dev.firn.cli.Screen");
        Object line = loader.loadClass("dev.firn.cli.Main")
                .getMethod("commandLine", screen)
                .invoke(
                        null,
                        screen.getConstructor(PrintStream.class, PrintStream.class, Map.class)
                                .newInstance(printed, printed, Map.of()));
        line.getClass().getMethod("execute", String[].class).invoke(line, (Object) arguments);
        return out.toString(StandardCharsets.UTF_8);
    }
}
