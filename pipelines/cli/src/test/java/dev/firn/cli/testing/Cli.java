package dev.firn.cli.testing;

import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs a verb in this process. */
public final class Cli {

    private Cli() {}

    /** What a verb answered. */
    public record Answer(int exitCode, String out, String err) {}

    public static Answer firn(String... arguments) {
        return piped("", arguments);
    }

    /** As above, with something to read. */
    public static Answer piped(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                Map.of());
        int code = Main.commandLine(screen).execute(arguments);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
