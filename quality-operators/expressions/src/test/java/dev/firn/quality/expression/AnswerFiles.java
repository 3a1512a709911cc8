package dev.firn.quality.expression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files that say what is asked and what is answered. */
final class AnswerFiles {

    private static final Path FOLDER = Path.of("src/test/resources");

    private AnswerFiles() {}

    static List<String> cases() throws IOException {
        return lines("cases.txt");
    }

    static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file));
    }

    static String read(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    static String page(List<Answers> answers) {
        return answers.stream().map(Answers::printed).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Only where that is asked for. */
    static void write(String file, String page) throws IOException {
        if (System.getProperty("firn.golden", "").equals("write")) {
            Files.writeString(FOLDER.resolve(file), page);
        }
    }
}
