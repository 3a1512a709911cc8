package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.session.RemoteFailure.Kind;
import dev.firn.flink.session.RemoteJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopOrderTest {

    private static final String RUNNING = "{\"state\":\"RUNNING\",\"vertices\":[]}";
    private static final String IN_PROGRESS = "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}";
    private static final String NOT_NOW = completed(
            "{\"failure-cause\":{\"class\":\"x\",\"stack-trace\":\"org.apache.flink.runtime.checkpoint.CheckpointException:"
                    + " Not all required tasks are currently running.\\n\\tat a.B.c(B.java:1)\\n\"}}");

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
        flink.page("jobs/j0/stop", 202, "{\"request-id\":\"t\"}");
    }

    @AfterEach
    void close() {
        flink.close();
    }

    private StopOrder order() {
        Iterator<String> names = List.of("t", "u", "v", "w").iterator();
        return new StopOrder(
                flink.cluster().job("j0"), Duration.ofMillis(300), () -> new RemoteJob.Stopping(names.next()));
    }

    @Test
    void stopsWithoutDrainingAndAnswersWhenTheJobHasEnded() throws Exception {
        flink.page("jobs/j0/savepoints/t", IN_PROGRESS)
                .page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"))
                .page("jobs/j0", RUNNING)
                .page("jobs/j0", "{\"state\":\"FINISHED\"}");

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"));
    }

    @Test
    void triesAgainWhileTheJobStarts() throws Exception {
        flink.page("jobs/j0/savepoints/t", NOT_NOW)
                .page("jobs/j0/savepoints/u", completed("{\"location\":\"file:/state/savepoint-1\"}"))
                .page("jobs/j0", RUNNING)
                .page("jobs/j0", "{\"state\":\"FINISHED\"}");

        assertThat(order().stop("file:/state")).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"), stop("u"));
    }

    @Test
    void saysWhyThereIsNoSavepointAndThatTheJobGoesOn() throws Exception {
        for (String name : List.of("t", "u", "v", "w")) {
            flink.page("jobs/j0/savepoints/" + name, NOT_NOW);
        }
        flink.page("jobs/j0", RUNNING);

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome.end()).isEqualTo(StopOrder.End.GOES_ON);
        assertThat(outcome.savepoint()).isEmpty();
        assertThat(outcome.complaint())
                .isEqualTo("the job makes no savepoint, and goes on: Not all required tasks are currently running");
    }

    /** The JobManager that had the order is gone, and the next one has the job alone. */
    @Test
    void ordersAgainWhatAnotherJobManagerDoesNotKnow() throws Exception {
        flink.page("jobs/j0/savepoints/t", 404, "{}")
                .page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"))
                .page("jobs/j0", RUNNING)
                .page("jobs/j0", "{\"state\":\"FINISHED\"}");

        assertThat(order().stop("file:/state")).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"), stop("t"));
    }

    @Test
    void saysWhyTheJobHasFailedMeanwhile() throws Exception {
        flink.page("jobs/j0/savepoints/t", NOT_NOW)
                .page("jobs/j0", "{\"state\":\"FAILED\"}")
                .page(
                        "jobs/j0/exceptions",
                        "{\"exceptionHistory\":{\"entries\":[{\"timestamp\":5,\"stacktrace\":\"dev.firn.spi.source."
                                + "OutsideException: the catalog is away\\n\\tat a.B.c(B.java:1)\\n\"}]}}");

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome.complaint())
                .isEqualTo("the job has ended (FAILED) while it was being stopped: the catalog is away");
        assertThat(outcome.failure()).hasValue(Kind.OUTSIDE);
        assertThat(outcome.end()).isEqualTo(StopOrder.End.FAILED);
    }

    /** The savepoint is under way all the same. */
    @Test
    void asksAgainWhereAnAnswerGetsLost() throws Exception {
        flink.page("jobs/j0/savepoints/t", 503, "")
                .page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"))
                .page("jobs/j0", 503, "")
                .page("jobs/j0", "{\"state\":\"FINISHED\"}");

        assertThat(order().stop("file:/state")).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"));
    }

    @Test
    void doesNotSayThatAJobIsStoppedWhoseSavepointAloneIsKnown() throws Exception {
        flink.page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"))
                .page("jobs/j0", 503, "");

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome.end()).isEqualTo(StopOrder.End.UNKNOWN);
        assertThat(outcome.savepoint()).hasValue("file:/state/savepoint-1");
        assertThat(outcome.complaint()).startsWith("the savepoint is made, and whether the job has ended");
        assertThat(outcome.failure()).hasValue(Kind.OUTSIDE);
    }

    /** A proxy's answer says nothing about what Flink makes of the order behind it. */
    @Test
    void doesNotSayThatAJobGoesOnWhereAGatewayAnswers() throws Exception {
        flink.only("jobs/j0/stop", 504, "").page("jobs/j0", RUNNING);

        assertThat(order().stop("file:/state").end()).isEqualTo(StopOrder.End.UNKNOWN);
    }

    /** Flink does each name once. */
    @Test
    void asksForTheSameSavepointWhereTheOrderItselfGetsLost() throws Exception {
        flink.loseOne("jobs/j0/stop")
                .page("jobs/j0", RUNNING)
                .page("jobs/j0", "{\"state\":\"FINISHED\"}")
                .page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"));

        assertThat(order().stop("file:/state")).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"), stop("t"));
    }

    @Test
    void findsTheSavepointOfAJobThatHasFinishedMeanwhile() throws Exception {
        flink.loseOne("jobs/j0/stop")
                .page("jobs/j0", "{\"state\":\"FINISHED\"}")
                .page("jobs/j0/savepoints/t", IN_PROGRESS)
                .page("jobs/j0/savepoints/t", completed("{\"location\":\"file:/state/savepoint-1\"}"));

        assertThat(order().stop("file:/state")).isEqualTo(stopped("file:/state/savepoint-1"));
        assertThat(flink.requests()).containsExactly(stop("t"));
    }

    @Test
    void knowsThatAFinishedJobIsStoppedAlsoWhereItsSavepointIsForgotten() throws Exception {
        flink.loseOne("jobs/j0/stop").page("jobs/j0", "{\"state\":\"FINISHED\"}");

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome.end()).isEqualTo(StopOrder.End.STOPPED);
        assertThat(outcome.savepoint()).isEmpty();
    }

    @Test
    void saysThatNothingIsKnownWhereNobodyAnswersAnyMore() throws Exception {
        flink.page("jobs/j0/savepoints/t", IN_PROGRESS).page("jobs/j0/savepoints/t", 503, "");

        StopOrder.Outcome outcome = order().stop("file:/state");

        assertThat(outcome.end()).isEqualTo(StopOrder.End.UNKNOWN);
        assertThat(outcome.complaint())
                .startsWith("whether the job was stopped is not known: the Flink cluster at ")
                .endsWith("; `firn status` tells when it answers again");
        assertThat(outcome.failure()).hasValue(Kind.OUTSIDE);
    }

    @Test
    void doesNotSayThatAJobGoesOnWhoseOrderMayHaveArrived() throws Exception {
        for (int times = 0; times < 9; times++) {
            flink.loseOne("jobs/j0/stop");
        }
        flink.page("jobs/j0", RUNNING);

        assertThat(order().stop("file:/state").end()).isEqualTo(StopOrder.End.UNKNOWN);
    }

    @Test
    void doesNotTakeAJobForEndedThatNobodyHasSeenEnd() throws Exception {
        flink.page("jobs/j0", 202, "").page("jobs/j0", 503, "");

        assertThat(order().cancel().end()).isEqualTo(StopOrder.End.UNKNOWN);
    }

    @Test
    void endsAJobAtOnce() throws Exception {
        flink.page("jobs/j0", 202, "").only("jobs/j0", "{\"state\":\"CANCELED\"}");

        assertThat(order().cancel().end()).isEqualTo(StopOrder.End.STOPPED);
        assertThat(flink.requests()).containsExactly("PATCH /jobs/j0?mode=cancel ");
    }

    private static String stop(String name) {
        return "POST /jobs/j0/stop {\"targetDirectory\":\"file:/state\",\"drain\":false,\"formatType\":\"CANONICAL\",\"triggerId\":\""
                + name + "\"}";
    }

    private static StopOrder.Outcome stopped(String savepoint) {
        return new StopOrder.Outcome(StopOrder.End.STOPPED, Optional.of(savepoint), "", Optional.empty());
    }

    private static String completed(String operation) {
        return "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":" + operation + "}";
    }
}
