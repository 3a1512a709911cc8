package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What is wrong with tests. */
public enum TestCode implements DiagnosticCode {
    TEST_NAMES_NOTHING,
    TEST_VALUE_UNSUITED;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return Blame.FILE;
    }
}
