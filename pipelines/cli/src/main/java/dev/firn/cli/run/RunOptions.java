package dev.firn.cli.run;

/** How to run. */
public record RunOptions(Until until, ResumeFrom resume) {

    /** When the run ends by itself. */
    public enum Until {
        /** Never. */
        STOPPED,
        /** When everything that was there at the start is committed. */
        CAUGHT_UP
    }
}
