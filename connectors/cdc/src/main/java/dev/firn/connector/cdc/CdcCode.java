package dev.firn.connector.cdc;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with a database as a source. */
public enum CdcCode implements DiagnosticCode {
    SOURCE_TABLE_NOT_FOUND(Blame.FILE),
    SOURCE_TABLE_UNSUITED(Blame.OUTSIDE),
    DATABASE_UNREACHABLE(Blame.OUTSIDE),
    DATABASE_NOT_READY(Blame.OUTSIDE);

    private final Blame blame;

    CdcCode(Blame blame) {
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
