package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void ofTheOutsideIsToldInItsOwnWords() {
        assertThat(Failure.of(wrapped(new OutsideException("the broker is gone", new IllegalStateException("deep")))))
                .isEqualTo(new Failure(3, "the broker is gone"));
    }

    @Test
    void ofALibraryThatTalksToTheOutsideNamesNoClass() {
        assertThat(Failure.of(wrapped(new NoSuchFileException("/lake/v3.metadata.json"))))
                .isEqualTo(new Failure(3, "/lake/v3.metadata.json"));
        assertThat(Failure.of(new ConnectException())).isEqualTo(new Failure(3, "connect"));
    }

    @Test
    void ofARunThatANewerOneReplacedIsANo() {
        assertThat(Failure.of(wrapped(new Ledger.RunSuperseded(1, 2))))
                .isEqualTo(
                        new Failure(1, "run 1 stops: run 2 of this pipeline has started since and writes its tables"));
        assertThat(Failure.of(new CommitRefused("rolled back"))).isEqualTo(new Failure(1, "rolled back"));
    }

    @Test
    void ofAnyOtherKindIsOurBug() {
        assertThat(Failure.of(wrapped(new IllegalStateException("the sums differ"))))
                .isEqualTo(new Failure(70, "java.lang.IllegalStateException: the sums differ"));
    }

    private static Throwable wrapped(Throwable cause) {
        return new CompletionException(new RuntimeException("a task failed", cause));
    }
}
