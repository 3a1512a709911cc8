package dev.firn.definition.diagnostic;

import java.util.Locale;

/** What can be wrong with a pipeline file before anything outside is looked at. */
public enum DefinitionCode implements DiagnosticCode {
    UNREADABLE_FILE,
    EMPTY_FILE,
    FOREIGN_FILE,
    YAML_SYNTAX,
    UNSUPPORTED_YAML,
    DUPLICATE_KEY,
    UNKNOWN_OPTION,
    MISSING_OPTION,
    OPTION_WITHOUT_USE,
    WRONG_TYPE,
    INVALID_VALUE,
    REFERENCE_NOT_ALLOWED,
    MALFORMED_REFERENCE,
    UNKNOWN_TYPE,
    DUPLICATE_NAME,
    INVALID_SELECTOR,
    INVALID_ROUTE_TARGET,
    INVALID_TABLE_NAME,
    SECRET_IN_CLEAR,
    NOT_BUILT_YET;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return Blame.FILE;
    }
}
