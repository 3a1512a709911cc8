package dev.firn.schema.given;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.Optional;

/** A value that no producer could write, or no column could hold; the message says what it is and what stands against it. */
public final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SourceSpan span;
    private final transient Optional<String> expected;

    private Unfit(SourceSpan span, String message, Optional<String> expected) {
        super(message, null, false, false);
        this.span = span;
        this.expected = expected;
    }

    public static Unfit at(SourceSpan span, String message) {
        return new Unfit(span, message, Optional.empty());
    }

    /** @param expected what would have been right */
    public static Unfit at(SourceSpan span, String message, String expected) {
        return new Unfit(span, message, Optional.of(expected));
    }

    public SourceSpan span() {
        return span;
    }

    public Optional<String> expected() {
        return expected;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
