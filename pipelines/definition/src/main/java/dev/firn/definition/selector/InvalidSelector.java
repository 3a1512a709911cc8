package dev.firn.definition.selector;

/** A text that selects nothing. */
public final class InvalidSelector extends IllegalArgumentException {

    private final String reason;

    InvalidSelector(String text, String reason) {
        super("`" + text + "` " + reason);
        this.reason = reason;
    }

    /** What is wrong with it, to stand behind a subject: {@code holds a comma}. */
    public String reason() {
        return reason;
    }
}
