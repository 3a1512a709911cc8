package dev.firn.definition.suppression;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with {@code suppress:}. */
public enum SuppressionCode implements DiagnosticCode {
    INVALID_SUPPRESSION,
    UNUSED_SUPPRESSION;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return Blame.FILE;
    }
}
