package dev.firn.cli;

import java.util.Optional;

/**
 * From one file to another while a pipeline is stopped, and back where the other does not run. However it ends, the last line says whether the
 * pipeline runs and what to type next.
 */
final class Changeover {

    private final Screen screen;
    private final String pipeline;
    private final String savepoint;

    /** A file that the pipeline may go on by. */
    interface Start {

        String file();

        /** As the command line names it. */
        String arguments();

        /** Says itself why it is not as far as it should be; throws only what is our bug. */
        Begin begin() throws Exception;
    }

    /** @param savepoint what it was stopped with */
    Changeover(Screen screen, String pipeline, String savepoint) {
        this.screen = screen;
        this.pipeline = pipeline;
        this.savepoint = savepoint;
    }

    /** Answers what the verb does. */
    int run(Start changed, Optional<Start> old) throws Exception {
        Begin begun = begin(changed);
        switch (begun.now()) {
            case RUNS:
                screen.result(pipeline + " is upgraded: job " + begun.job().orElse("")
                        + " runs, and has made its first checkpoint\n\nNext:  firn status " + changed.arguments()
                        + "\n");
                return ExitCode.DONE;
            case DOWN:
                if (old.isPresent()) {
                    return back(old.get(), begun);
                }
                stopped("with the file as it was it goes on by", changed);
                return begun.exitCode();
            default:
                open(begun, changed);
                return begun.exitCode();
        }
    }

    private int back(Start old, Begin failed) throws Exception {
        screen.progress("going back to " + old.file());
        Begin begun = begin(old);
        switch (begun.now()) {
            case RUNS:
                screen.progress("firn: not upgraded: the pipeline runs by " + old.file() + " again, as job "
                        + begun.job().orElse(""));
                return ExitCode.NO;
            case DOWN:
                stopped("it goes on by", old);
                return begun.exitCode();
            default:
                open(begun, old);
                return Math.max(begun.exitCode(), failed.exitCode() == ExitCode.BUG ? ExitCode.BUG : ExitCode.NO);
        }
    }

    private Begin begin(Start start) throws Exception {
        try {
            return start.begin();
        } catch (Exception bug) {
            stopped("it goes on by", start);
            throw bug;
        }
    }

    private void stopped(String how, Start start) {
        screen.progress("firn: not upgraded, and the pipeline is stopped; its state is in " + savepoint);
        screen.progress(how + ": firn submit " + start.arguments());
    }

    /** Nothing is taken back that may run. */
    private void open(Begin begun, Start start) {
        String look = "look with: firn status " + start.arguments();
        switch (begun.now()) {
            case COMING:
                screen.progress("firn: " + start.file() + " was handed over and is not taken back; " + look);
                break;
            case ANOTHERS:
                screen.progress(
                        "firn: somebody else has stopped the pipeline or lets it run, so nothing is taken back; "
                                + look);
                break;
            default:
                screen.progress("firn: nothing is taken back, for it may run; " + look);
        }
    }
}
