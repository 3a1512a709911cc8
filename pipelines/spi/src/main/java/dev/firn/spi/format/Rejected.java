package dev.firn.spi.format;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record, or all records of a schema, can't become rows of a table; the message is for the owner of the data. */
public final class Rejected extends Exception implements NoRow {

    private static final long serialVersionUID = 1L;

    private final RejectCode code;
    private final @Nullable String rule;

    public Rejected(RejectCode code, String message) {
        this(code, message, null);
    }

    private Rejected(RejectCode code, String message, @Nullable String rule) {
        // Thrown once per bad record: a flood of them must not pay for stack traces that nobody reads.
        super(message, null, false, false);
        this.code = code;
        this.rule = rule;
    }

    /** By a rule of the file, which has a name there. */
    public static Rejected by(String rule, RejectCode code, String message) {
        return new Rejected(code, message, rule);
    }

    public RejectCode code() {
        return code;
    }

    /** The name of the rule that does not want it, where it is one that has a name. */
    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
