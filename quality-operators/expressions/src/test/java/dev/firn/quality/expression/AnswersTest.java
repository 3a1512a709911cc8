package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Firn's answers against those of Flink SQL, which {@link FlinkAnswersTest} has asked for, on rows with values at the edge. */
class AnswersTest {

    @Test
    void answersAsFlinkSqlDoesButForWhatIsListed() throws IOException {
        Map<String, String> flink = flink();
        List<String> differing = new ArrayList<>();
        for (String text : AnswerFiles.cases()) {
            if (!same(Answers.of(text), flink.getOrDefault(text, "not asked"))) {
                differing.add(text);
            }
        }

        assertThat(differing)
                .containsExactlyInAnyOrderElementsOf(AnswerFiles.lines("differences.txt").stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList());
    }

    /** The reasons are those of the page that users read. */
    @Test
    void eachReasonToDifferIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../../docs/expressions.md"));

        assertThat(AnswerFiles.lines("differences.txt").stream()
                        .filter(line -> line.startsWith("# "))
                        .map(line -> line.substring(2)))
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(page).contains("| " + reason + " |"));
    }

    /** What both refuse is the same, and so is what neither has a value for. */
    private static boolean same(Answers ours, String theirs) {
        boolean bothRefuse = ours.type().equals("refused") && theirs.startsWith("refused");
        boolean neitherHasAValue = ours.type().equals("refused")
                && theirs.endsWith("fails for some row")
                && ours.values().toString().contains("no value for any row");
        return bothRefuse || neitherHasAValue || theirs.equals(ours.type() + ": " + String.join(" | ", ours.values()));
    }

    private static Map<String, String> flink() throws IOException {
        List<String> lines = AnswerFiles.lines("flink.txt");
        Map<String, String> answers = new TreeMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            answers.put(lines.get(i), lines.get(i + 1).strip());
        }
        return answers;
    }
}
