package dev.firn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells the user that it was not them, and keeps for us what they need not read. */
record BugReport(Screen screen) {

    int file(Throwable bug) {
        screen.progress("firn: our bug: " + bug);
        try {
            Path report = Files.createTempFile("firn-bug-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8))) {
                writer.println("Firn " + Versions.load().firn() + ", Java " + Runtime.version());
                bug.printStackTrace(writer);
            }
            screen.progress("please report it with " + report);
        } catch (IOException unwritable) {
            // The line above is then all there is.
            screen.progress("its report can't be written: " + unwritable.getMessage());
        }
        return ExitCode.BUG;
    }
}
