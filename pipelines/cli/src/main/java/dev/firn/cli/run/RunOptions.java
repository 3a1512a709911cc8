package dev.firn.cli.run;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How to run.
 *
 * @param allowed what is meant although it loses or doubles rows
 * @param filled when the sources hold what the run shall catch up with; done from the start unless somebody fills them
 */
public record RunOptions(Until until, ResumeFrom resume, Set<Allowed> allowed, CompletableFuture<?> filled) {

    /** When the run ends by itself. */
    public enum Until {
        /** Never. */
        STOPPED,
        /** When everything that the sources held is committed. */
        CAUGHT_UP
    }

    public RunOptions {
        allowed = Set.copyOf(allowed);
    }

    public static RunOptions of(Until until, ResumeFrom resume, Set<Allowed> allowed) {
        return new RunOptions(until, resume, allowed, CompletableFuture.completedFuture(null));
    }
}
