package dev.firn.schema;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with the schema of a stream when a plan is made. */
public enum SchemaCode implements DiagnosticCode {
    SUBJECT_NOT_FOUND(Blame.FILE),
    SUBJECT_NOT_NAMED(Blame.FILE),
    SUBJECT_OF_NO_TOPIC(Blame.FILE),
    AMBIGUOUS_SUBJECT(Blame.FILE),
    JSON_FIELD_NOT_FOUND(Blame.FILE),
    SCHEMA_FILE_UNREADABLE(Blame.FILE),
    UNMAPPABLE_SCHEMA(Blame.FILE),
    UNSUPPORTED_SCHEMA_TYPE(Blame.FILE),
    BROKEN_SCHEMA_FILE(Blame.FILE),
    SCHEMA_FROM_LEDGER(Blame.OUTSIDE),
    REGISTRY_UNREACHABLE(Blame.OUTSIDE);

    private final Blame blame;

    SchemaCode(Blame blame) {
        this.blame = blame;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return blame;
    }
}
