package dev.firn.definition.reference;

/** A reference leads nowhere; the message names the reference and where it was looked for, never a value. */
public final class UnresolvedReference extends RuntimeException {

    private final String reference;

    public UnresolvedReference(String reference, String reason) {
        super("reference `" + reference + "` can't be resolved: " + reason);
        this.reference = reference;
    }

    /** As the file has it, such as {@code ${env:KAFKA}}. */
    public String reference() {
        return reference;
    }
}
