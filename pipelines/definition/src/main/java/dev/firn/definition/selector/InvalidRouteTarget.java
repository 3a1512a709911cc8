package dev.firn.definition.selector;

/** A text that leads to no table. */
public final class InvalidRouteTarget extends IllegalArgumentException {

    private final String reason;

    InvalidRouteTarget(String text, String reason) {
        super("`" + text + "` " + reason);
        this.reason = reason;
    }

    /** What is wrong with it, to stand behind a subject: {@code holds a comma}. */
    public String reason() {
        return reason;
    }
}
