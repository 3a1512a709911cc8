package dev.firn.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DoctorTest {

    private static final Health GOOD = Health.well("brokers", "3 brokers answer");

    @Test
    void asksAllAtOnceAndTellsInTheOrderOfTheQuestions() {
        CountDownLatch second = new CountDownLatch(1);
        Question first = question("a", () -> {
            // Nobody would come by if one question waited for the other.
            await(second);
            return List.of(GOOD);
        });
        Question other = question("b", () -> {
            second.countDown();
            return List.of(Health.notTried("rights", "nobody says"));
        });
        List<Answer> told = new ArrayList<>();

        List<Answer> answers = new Doctor(Duration.ofSeconds(20)).ask(List.of(first, other), told::add);

        assertThat(answers)
                .containsExactly(
                        new Answer("a", List.of(GOOD)),
                        new Answer("b", List.of(Health.notTried("rights", "nobody says"))));
        assertThat(told).isEqualTo(answers);
        assertThat(answers).allMatch(Answer::isWell);
    }

    @Test
    void givesUpWhatDoesNotAnswerAndGoesOn() {
        CountDownLatch never = new CountDownLatch(1);
        Question silent = question("a", () -> {
            await(never);
            return List.of(GOOD);
        });

        List<Answer> answers = new Doctor(Duration.ofMillis(200))
                .ask(List.of(silent, question("b", () -> List.of(GOOD))), answer -> {});

        assertThat(answers.get(0).healths())
                .containsExactly(
                        Health.unwell("things of a", "no answer within 0 s", "see whether it is reachable from here"));
        assertThat(answers.get(0).isWell()).isFalse();
        assertThat(answers.get(1).healths()).containsExactly(GOOD);
    }

    @Test
    void tellsWhatAQuestionThrows() {
        Question outside = question("a", () -> {
            throw new OutsideException("the catalog does not answer");
        });
        Question bug = question("b", () -> {
            throw new IllegalStateException("our bug: nothing is here");
        });

        List<Answer> answers = new Doctor(Duration.ofSeconds(20)).ask(List.of(outside, bug), answer -> {});

        assertThat(answers.get(0).healths())
                .containsExactly(Health.unwell("things of a", "the catalog does not answer"));
        assertThat(answers.get(1).healths().get(0).seen()).contains("our bug: nothing is here");
    }

    @Test
    void writesALineForEachThingWithTheMendBelow() {
        List<Answer> answers = List.of(
                new Answer(
                        "source kafka", List.of(GOOD, Health.unwell("topic orders", "there is\n none", "create it"))),
                new Answer("source kafka", List.of(Health.notTried("schema registry", "nobody says where"))),
                new Answer("catalog", List.of(Health.well("catalog", "it answers"))));
        DoctorText words = new DoctorText(DoctorText.Sign.WORDS);
        DoctorText signs = new DoctorText(DoctorText.Sign.SIGNS);

        assertThat(words.write(answers.get(0))
                        + words.write(answers.get(1))
                        + words.write(answers.get(2))
                        + DoctorText.summary(answers))
                .isEqualTo(
                        """
                        source kafka
                          ok  brokers                  3 brokers answer
                          no  topic orders             there is none
                                                       mend: create it
                          --  schema registry          not tried: nobody says where

                        catalog
                          ok  catalog                  it answers

                        1 thing is not well, 1 not tried
                        """);
        assertThat(signs.write(answers.get(0))).contains("  ✓   brokers ", "  ✗   topic orders ");
    }

    @Test
    void writesTheSameForPrograms() {
        List<Answer> answers = List.of(
                new Answer("source kafka", List.of(GOOD, Health.unwell("topic orders", "there is none", "create it"))));

        assertThat(DoctorJson.write(answers))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "well" : false,
                          "checks" : [
                            {
                              "about" : "source kafka",
                              "what" : "brokers",
                              "verdict" : "well",
                              "seen" : "3 brokers answer"
                            },
                            {
                              "about" : "source kafka",
                              "what" : "topic orders",
                              "verdict" : "unwell",
                              "seen" : "there is none",
                              "mend" : "create it"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void saysWhatOfTheMachineIsTooLittle() {
        assertThat(MachineQuestions.java(17).verdict()).isEqualTo(Health.Verdict.WELL);
        assertThat(MachineQuestions.java(21))
                .isEqualTo(Health.unwell("Java", "version 21", "run Firn on Java 17: Flink 1.18 knows no other"));
        assertThat(MachineQuestions.memory(1L << 30, 1L << 28).verdict()).isEqualTo(Health.Verdict.UNWELL);
        assertThat(MachineQuestions.memory(1L << 34, 1L << 30).seen())
                .isEqualTo("16,384 MiB; this process may use 1,024 MiB of it (`FIRN_HEAP`)");
        assertThat(MachineQuestions.files(1024))
                .isEqualTo(
                        Health.unwell("open files", "1,024 at most", "raise it, with `ulimit -n 65536` for instance"));
        assertThat(MachineQuestions.disk(1L << 40).verdict()).isEqualTo(Health.Verdict.WELL);
        assertThat(MachineQuestions.disk(1L << 20).seen()).isEqualTo("1 MiB free where the state is");
        assertThat(MachineQuestions.disk(1L << 20).verdict()).isEqualTo(Health.Verdict.UNWELL);
    }

    /** A default is in the file, and may be a secret all the same. */
    @Test
    void namesReferencesAndNeverTheirValues() {
        SystemReferences references =
                new SystemReferences(Map.of("A", "canary", "TOKEN", "canary"), Path.of("nowhere"));
        String file =
                "{a: \"${env:A}/${env:B:-canary}\", list: [\"${secret:token}\", \"${secret:gone}\", \"${env:A}\"]}";

        List<Health> healths = FileQuestions.references(
                YamlReader.read("shop.yaml", file).value().orElseThrow(), references);

        assertThat(healths.get(0))
                .isEqualTo(
                        Health.well("references", "there is a value behind `${env:A}`, `${env:B}`, `${secret:token}`"));
        assertThat(healths).hasSize(2);
        assertThat(healths.get(1).seen()).startsWith("reference `${secret:gone}` can't be resolved");
        assertThat(healths.toString()).doesNotContain("canary");
    }

    private static Question question(String about, Supplier<List<Health>> answer) {
        return new Question(about, new HealthCheck("things of " + about, answer::get));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
