package dev.firn.flink.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.session.RemoteFailure.Kind;
import dev.firn.flink.session.RemoteFailure.Thrown;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.source.OutsideException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RemoteFailureTest {

    @Test
    void readsWhatAStackTraceSaysFromTheOutermostToTheRoot() {
        Exception thrown = new RuntimeException(
                "outer",
                new IllegalArgumentException("two\nlines: of them", new OutsideException("the broker is away")));

        assertThat(RemoteFailure.of(printed(thrown)).causes())
                .containsExactly(
                        new Thrown("java.lang.RuntimeException", "outer"),
                        new Thrown("java.lang.IllegalArgumentException", "two\nlines: of them"),
                        new Thrown(OutsideException.class.getName(), "the broker is away"));
    }

    @Test
    void tellsWhatIsTheWorldsByItsSentenceAlone() {
        RemoteFailure failure = RemoteFailure.of(printed(new IllegalStateException(
                "a task failed", new OutsideException("the broker is away", new java.io.IOException("closed")))));

        assertThat(failure.sentence()).isEqualTo("the broker is away");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void tellsWhatIsTheUsersByItsSentenceAlone() {
        RemoteFailure missing = RemoteFailure.of(
                printed(new RuntimeException(new UnresolvedReference("${secret:x}", "there is no file `x`"))));
        RemoteFailure superseded = RemoteFailure.of(printed(new Ledger.RunSuperseded(1, 2)));

        assertThat(missing.sentence()).isEqualTo("reference `${secret:x}` can't be resolved: there is no file `x`");
        assertThat(missing.kind()).isEqualTo(Kind.REFUSED);
        assertThat(superseded.sentence()).startsWith("run 1 stops: run 2 of this pipeline has started since");
        assertThat(superseded.kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void tellsOurBugWithItsClass() {
        RemoteFailure failure =
                RemoteFailure.of("java.lang.Exception: Could not perform checkpoint\n\tat a.b.C.d(C.java:1)\nCaused by:"
                        + " java.lang.NullPointerException: no split\n\tat a.b.C.d(C.java:1)\n\t... 3 more\n");

        assertThat(failure.sentence()).isEqualTo("our bug: java.lang.NullPointerException: no split");
        assertThat(failure.kind()).isEqualTo(Kind.BUG);
    }

    @Test
    void tellsATaskManagerThatIsGoneInWords() {
        RemoteFailure failure = RemoteFailure.of("org.apache.flink.runtime.jobmaster.JobMasterException:"
                + " TaskManager with id tm-1 is no longer reachable.\n\tat a.b.C.d(C.java:1)\n");

        assertThat(failure.sentence())
                .isEqualTo("a TaskManager is gone: TaskManager with id tm-1 is no longer reachable");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void tellsATaskManagerThatWasKilledInWordsToo() {
        RemoteFailure failure = RemoteFailure.of("org.apache.flink.runtime.io.network.netty.exception."
                + "RemoteTransportException: Error at remote task manager 'localhost/127.0.0.1:3 [ tm-1 ] '.\n"
                + "\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: Connection reset by peer\n\t... 1 more\n");

        assertThat(failure.sentence())
                .isEqualTo("a TaskManager is gone: Error at remote task manager 'localhost/127.0.0.1:3 [ tm-1 ] '");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void tellsADiskOrANetworkThatFailsAsTheWorlds() {
        RemoteFailure failure = RemoteFailure.of("java.lang.Exception: Could not materialize checkpoint 7\n"
                + "\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: No space left on device\n\t... 1 more\n");

        assertThat(failure.sentence()).isEqualTo("No space left on device");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void tellsThatThereAreNoSlots() {
        RemoteFailure failure = RemoteFailure.of("java.util.concurrent.CompletionException: x\n\tat a.B.c(B.java:1)\n"
                + "Caused by: org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not"
                + " acquire the minimum required resources.\n\tat a.B.c(B.java:1)\nCaused by:"
                + " java.util.concurrent.TimeoutException: Timeout has occurred: 300000 ms\n\t... 27 more\n");

        assertThat(failure.sentence()).isEqualTo("the cluster has no free slot for it");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void tellsAClassThatTheClusterDoesNotFind() {
        RemoteFailure failure = RemoteFailure.of("org.apache.flink.streaming.runtime.tasks.StreamTaskException: Cannot"
                + " load user class: dev.firn.X\n\tat a.B.c(B.java:1)\nCaused by: java.lang.ClassNotFoundException:"
                + " dev.firn.X\n\tat a.B.c(B.java:1)\n");

        assertThat(failure.sentence())
                .isEqualTo("the cluster does not find the class dev.firn.X: it has other jars than this Firn");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    @Test
    void looksIntoWhatFlinkCouldNotSend() {
        RemoteFailure failure = RemoteFailure.of("org.apache.flink.util.SerializedThrowable:"
                + " dev.firn.spi.source.OutsideException: the registry is away\n\tat a.B.c(B.java:1)\n");

        assertThat(failure.sentence()).isEqualTo("the registry is away");
    }

    @Test
    void knowsNothingOfWhatIsNoStackTrace() {
        RemoteFailure failure = RemoteFailure.of("Job could not be found");

        assertThat(failure.isKnown()).isFalse();
        assertThat(failure.sentence()).isEqualTo("nothing is known of why");
        assertThat(failure.kind()).isEqualTo(Kind.OUTSIDE);
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
