package dev.firn.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;

/** Prints where the time goes in a recording: {@code FILE.jfr [SKIP-PERCENT [FRAMES]]}. */
public final class PrintProfile {

    private PrintProfile() {}

    /** @param arguments the file, how much of its start is left out in percent (0), and how many methods are told (20) */
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 3) {
            System.err.println("usage: FILE.jfr [SKIP-PERCENT [FRAMES]]");
            System.exit(2);
        }
        double skip = arguments.length > 1 ? Double.parseDouble(arguments[1]) / 100 : 0;
        int frames = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Profile.read(Path.of(arguments[0])).withoutFirst(skip).table(frames).forEach(System.out::println);
    }
}
