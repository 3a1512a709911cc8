package dev.firn.cli.run;

import java.util.concurrent.CompletableFuture;

/**
 * How to run.
 *
 * @param filled when the sources hold what the run shall catch up with; done from the start unless somebody fills them
 */
public record RunOptions(Until until, ResumeFrom resume, CompletableFuture<?> filled) {

    /** When the run ends by itself. */
    public enum Until {
        /** Never. */
        STOPPED,
        /** When everything that the sources held is committed. */
        CAUGHT_UP
    }

    public static RunOptions of(Until until, ResumeFrom resume) {
        return new RunOptions(until, resume, CompletableFuture.completedFuture(null));
    }
}
