package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks Flink SQL anew what the file of its answers says. */
@Tag("flink")
class FlinkAnswersTest {

    /** In one query; more would take the generated code beyond what a class may hold. */
    private static final int TOGETHER = 40;

    @Test
    void flinkSqlSaysWhatTheFileOfItsAnswersSays() throws IOException {
        FlinkSql flink = new FlinkSql();
        List<String> cases = AnswerFiles.cases();
        List<Answers> answers = new ArrayList<>();
        for (int i = 0; i < cases.size(); i += TOGETHER) {
            answers.addAll(flink.ask(cases.subList(i, Math.min(cases.size(), i + TOGETHER))));
        }

        AnswerFiles.write("flink.txt", AnswerFiles.page(answers));
        assertThat(AnswerFiles.page(answers)).isEqualTo(AnswerFiles.read("flink.txt"));
    }
}
