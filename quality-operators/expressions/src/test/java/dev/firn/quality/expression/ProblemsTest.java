package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said about wrong texts, whole and with places. */
class ProblemsTest {

    @Test
    void saysWhatIsWrongWhereAndHowToMendIt() throws IOException {
        String page = AnswerFiles.lines("wrong.txt").stream()
                .map(text -> text.replace("\\n", "\n"))
                .map(text -> shown(text, SampleRows.COMPILER.compile(text).problems()))
                .collect(Collectors.joining("\n"));

        AnswerFiles.write("problems.txt", page);
        assertThat(page).isEqualTo(AnswerFiles.read("problems.txt"));
        assertThat(page)
                .doesNotContain("nothing is wrong")
                .doesNotContainIgnoringCase("calcite")
                .doesNotContain("Exception")
                .doesNotContain("Encountered");
    }

    @Test
    void saysThatAConditionIsWanted() {
        List<Problem> problems = SampleRows.COMPILER.condition("i + 1").problems();

        assertThat(shown("i + 1", problems))
                .isEqualTo(
                        """
                        i + 1
                        ^^^^^ 1:1 a condition is wanted here, and this is `int`
                              expected: something that is true or false, as a comparison is
                        """);
    }

    private static String shown(String text, List<Problem> problems) {
        StringBuilder shown = new StringBuilder(text).append('\n');
        if (problems.isEmpty()) {
            shown.append("nothing is wrong\n");
        }
        for (Problem problem : problems) {
            String marks = " ".repeat(problem.place().column() - 1)
                    + "^".repeat(problem.place().length());
            shown.append(marks)
                    .append(' ')
                    .append(problem.place())
                    .append(' ')
                    .append(problem.message())
                    .append('\n');
            append(shown, marks, "expected", problem.expected());
            append(shown, marks, "fix", problem.fix());
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, String marks, String word, Optional<String> what) {
        what.ifPresent(text -> shown.append(" ".repeat(marks.length() + 1))
                .append(word)
                .append(": ")
                .append(text)
                .append('\n'));
    }
}
