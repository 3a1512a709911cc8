package dev.firn.plan.against;

/** A text that should be a stored plan is none; the message goes on from {@code PLAN.json}. */
public final class NotAPlan extends Exception {

    private static final long serialVersionUID = 1L;

    NotAPlan(String message) {
        super(message);
    }
}
