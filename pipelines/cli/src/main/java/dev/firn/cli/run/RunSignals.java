package dev.firn.cli.run;

/** Connects Ctrl-C with a run. */
public final class RunSignals {

    private RunSignals() {}

    /** The first Ctrl-C stops the run in order, after {@code said}; the second kills the process. */
    public static void stopOnFirst(PipelineRun run, Runnable said) {
        Interrupts.onFirst(() -> {
            said.run();
            run.interrupt();
        });
    }
}
