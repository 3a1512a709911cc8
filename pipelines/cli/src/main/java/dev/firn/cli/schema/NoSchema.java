package dev.firn.cli.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import java.util.List;

/** An argument leads to no schema; the message is a sentence for the user. */
public final class NoSchema extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public NoSchema(String message) {
        super(message);
        this.diagnostics = List.of();
    }

    /** @param diagnostics what is wrong with a pipeline file, at least one */
    public NoSchema(String file, List<Diagnostic> diagnostics) {
        super("`" + file + "` does not say it: " + diagnostics.get(0).message());
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** What says more than the sentence, by place; none unless it is a pipeline file that is wrong. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
