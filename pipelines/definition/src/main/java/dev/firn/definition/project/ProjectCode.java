package dev.firn.definition.project;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong between a pipeline file and its project. */
public enum ProjectCode implements DiagnosticCode {
    UNKNOWN_CATALOG,
    UNKNOWN_ENVIRONMENT;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return Blame.FILE;
    }
}
