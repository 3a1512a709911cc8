package dev.firn.cli.run;

/** The user asked to go on from a state that is not there. */
public final class NothingToResume extends Exception {

    private static final long serialVersionUID = 1L;

    NothingToResume(String message) {
        super(message);
    }
}
