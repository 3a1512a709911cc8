package dev.firn.cli.tests;

import dev.firn.cli.help.Paragraph;
import dev.firn.cli.preview.Cells;
import java.util.List;
import java.util.Optional;

/** What became of tests, for people. */
public final class TestText {

    private static final String PASSED = "✓";
    private static final String FAILED = "✗";

    private TestText() {}

    /** One file; complaints about it stand elsewhere. */
    public static String write(TestedFile file) {
        StringBuilder text = new StringBuilder(file.file()).append("\n");
        if (!file.errors().isEmpty()) {
            return text.append("  not tested: the file is wrong\n\n").toString();
        }
        if (file.outcomes().isEmpty()) {
            return text.append("  no tests\n\n").toString();
        }
        file.outcomes().forEach(outcome -> write(outcome, text));
        return text.append("\n").toString();
    }

    /** One test: whether it has passed, and what was different. */
    public static String write(TestedFile.Outcome outcome) {
        StringBuilder text = new StringBuilder();
        write(outcome, text);
        return text.toString();
    }

    private static void write(TestedFile.Outcome outcome, StringBuilder text) {
        String begin = "  " + (outcome.passed() ? PASSED : FAILED) + " ";
        String name = Cells.onOneLine(outcome.name())
                + (outcome.passed() ? "" : " (line " + outcome.place().line() + ")");
        text.append(Paragraph.wrapped(name, begin, "    ")).append("\n");
        for (Difference difference : outcome.differences()) {
            text.append("    ").append(difference.what()).append("\n").append(difference.lines());
        }
    }

    /** The last lines: the sum, and what is likely next. */
    public static String summary(List<TestedFile> files) {
        long wrong = files.stream().filter(file -> !file.errors().isEmpty()).count();
        long tests = files.stream().mapToLong(file -> file.outcomes().size()).sum();
        long failed = files.stream().mapToLong(TestedFile::failed).sum();
        String sum = counted(tests, "test") + ": "
                + (failed == 0 ? "all passed" : String.format("%,d passed, %,d failed", tests - failed, failed));
        return (tests == 0 ? "nothing was tested" : sum)
                + (wrong == 0 ? "" : "; " + counted(wrong, "file") + (wrong == 1 ? " is" : " are") + " wrong") + "\n"
                + next(files);
    }

    private static String next(List<TestedFile> files) {
        Optional<TestedFile> failed =
                files.stream().filter(file -> file.failed() > 0).findFirst();
        if (failed.isPresent()) {
            String table = failed.get().outcomes().stream()
                    .flatMap(outcome -> outcome.differences().stream())
                    .map(Difference::about)
                    .filter(about -> !about.equals(Comparing.QUARANTINE))
                    .findFirst()
                    .map(about -> "--table " + about + " ")
                    .orElse("");
            return "what the file says:  firn plan --offline " + table
                    + failed.get().arguments() + "\n";
        }
        return files.stream()
                .filter(file -> file.errors().isEmpty() && !file.outcomes().isEmpty())
                .findFirst()
                .map(file -> "what it would do to tables that are there:  firn plan " + file.arguments() + "\n")
                .orElse("");
    }

    private static String counted(long number, String what) {
        return String.format("%,d %s%s", number, what, number == 1 ? "" : "s");
    }
}
