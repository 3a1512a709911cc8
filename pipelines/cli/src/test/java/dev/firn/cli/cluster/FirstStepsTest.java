package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.run.Observer;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstStepsTest {

    private static final String NO_FAILURE = "{\"exceptionHistory\":{\"entries\":[]}}";
    private static final String AWAY =
            "{\"exceptionHistory\":{\"entries\":[{\"timestamp\":5,\"stacktrace\":\"dev.firn.spi.source.OutsideException:"
                    + " the broker is away\\n\\tat a.B.c(B.java:1)\\n\"}]}}";

    private final List<String> said = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    private FirstSteps.Outcome await(Duration patience) throws InterruptedException {
        return await(patience, FirstSteps.Goal.RUNS);
    }

    private FirstSteps.Outcome await(Duration patience, FirstSteps.Goal goal) throws InterruptedException {
        Observer observer = new Observer() {
            @Override
            public void says(String line) {
                said.add(line);
            }

            @Override
            public void at(Progress progress) {
                throw new IllegalStateException("nobody counts here");
            }
        };
        return new FirstSteps(flink.cluster().job("j0"), observer, patience, goal).await();
    }

    @Test
    void waitsUntilEachPartRunsAndSaysAFailureOnce() throws Exception {
        flink.page("jobs/j0", job("RUNNING", "INITIALIZING"))
                .page("jobs/j0", job("RESTARTING", "FAILED"))
                .page("jobs/j0", job("RUNNING", "RUNNING"))
                .page("jobs/j0/exceptions", NO_FAILURE)
                .page("jobs/j0/exceptions", AWAY);

        FirstSteps.Outcome outcome = await(Duration.ofMinutes(1));

        assertThat(state(outcome).runs()).isTrue();
        assertThat(said).containsExactly("the job has failed and starts again: the broker is away");
    }

    @Test
    void waitsForTheFirstCheckpointWhereThatIsWanted() throws Exception {
        flink.page("jobs/j0", job("RUNNING", "RUNNING"))
                .page("jobs/j0/exceptions", NO_FAILURE)
                .page("jobs/j0/checkpoints", "{\"latest\":{\"completed\":null}}")
                .page("jobs/j0/checkpoints", "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":5000}}}");

        assertThat(await(Duration.ZERO, FirstSteps.Goal.RUNS).reached()).isTrue();
        FirstSteps.Outcome early = await(Duration.ZERO, FirstSteps.Goal.CHECKPOINT);
        assertThat(early.reached()).isFalse();
        assertThat(early.fails()).isFalse();
        assertThat(said).containsExactly("all of it runs; it has 0 minutes for its first checkpoint");
        assertThat(state(early).runs()).isTrue();
        assertThat(await(Duration.ofMinutes(1), FirstSteps.Goal.CHECKPOINT).reached())
                .isTrue();
    }

    /** It runs, fails again and again, and ends. */
    @Test
    void answersThatAJobHasEndedBeforeItsFirstCheckpoint() throws Exception {
        flink.page("jobs/j0", job("RUNNING", "RUNNING"))
                .page("jobs/j0", job("FAILED", "FAILED"))
                .page("jobs/j0/exceptions", AWAY)
                .page("jobs/j0/checkpoints", "{}");

        FirstSteps.Outcome outcome = await(Duration.ofMinutes(1), FirstSteps.Goal.CHECKPOINT);

        assertThat(outcome.reached()).isFalse();
        assertThat(outcome.isOver()).isTrue();
        assertThat(outcome.isEndedByAnother()).isFalse();
        assertThat(outcome.failure().map(RemoteFailure::sentence)).hasValue("the broker is away");
    }

    @Test
    void tellsAJobThatFailsAgainAndAgainFromOneThatIsSlow() throws Exception {
        flink.page("jobs/j0", job("RESTARTING", "FAILED")).page("jobs/j0/exceptions", AWAY);

        assertThat(await(Duration.ZERO, FirstSteps.Goal.CHECKPOINT).fails()).isTrue();
    }

    /** Flink calls a job that was stopped, or cancelled, by another word than one that failed. */
    @ParameterizedTest
    @ValueSource(strings = {"FINISHED", "CANCELED"})
    void tellsAJobThatSomebodyHasEnded(String state) throws Exception {
        flink.page("jobs/j0", job(state, state)).page("jobs/j0/exceptions", AWAY);

        assertThat(await(Duration.ofMinutes(1), FirstSteps.Goal.CHECKPOINT).isEndedByAnother())
                .isTrue();
    }

    @Test
    void answersWhyTheJobHasEnded() throws Exception {
        flink.page("jobs/j0", job("FAILED", "FAILED")).page("jobs/j0/exceptions", AWAY);

        FirstSteps.Outcome outcome = await(Duration.ofMinutes(1));

        assertThat(state(outcome).isOver()).isTrue();
        assertThat(outcome.failure().map(RemoteFailure::sentence)).hasValue("the broker is away");
        assertThat(said).isEmpty();
    }

    @Test
    void answersWhyAJobDidNotComeToBe() throws Exception {
        flink.page("jobs/j0", job("FAILED", "CREATED"))
                .page(
                        "jobs/j0/exceptions",
                        "{\"root-exception\":\"java.nio.file.AccessDeniedException: /state\",\"timestamp\":5,"
                                + "\"exceptionHistory\":{\"entries\":[]}}");

        assertThat(await(Duration.ofMinutes(1)).failure().map(RemoteFailure::sentence))
                .hasValue("/state");
    }

    @Test
    void losesPatienceAndSaysWhatDoesNotRun() throws Exception {
        flink.page("jobs/j0", job("RUNNING", "SCHEDULED")).page("jobs/j0/exceptions", NO_FAILURE);

        FirstSteps.Outcome outcome = await(Duration.ZERO);

        assertThat(state(outcome).runs()).isFalse();
        assertThat(state(outcome).isOver()).isFalse();
        assertThat(state(outcome).waiting()).containsExactly("commit epochs");
    }

    /** The job is there all the same. */
    @Test
    void looksAgainWhereAnAnswerGetsLost() throws Exception {
        flink.page("jobs/j0", 503, "").page("jobs/j0", job("RUNNING", "RUNNING"));

        assertThat(state(await(Duration.ofMinutes(1))).runs()).isTrue();
    }

    @Test
    void answersWhyNobodyCanSayMore() throws Exception {
        flink.page("jobs/j0", 503, "");

        FirstSteps.Outcome outcome = await(Duration.ZERO);

        assertThat(outcome.state()).isEmpty();
        assertThat(outcome.away())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("answers 503");
    }

    private static RemoteJob.State state(FirstSteps.Outcome outcome) {
        return outcome.state().orElseThrow();
    }

    private static String job(String state, String part) {
        return "{\"state\":\"%s\",\"start-time\":1,\"vertices\":[{\"name\":\"read\",\"status\":\"RUNNING\"},{\"name\":\"commit epochs\",\"status\":\"%s\"}]}"
                .formatted(state, part);
    }
}
