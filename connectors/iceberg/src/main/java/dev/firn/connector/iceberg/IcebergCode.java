package dev.firn.connector.iceberg;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with the catalog's properties before the catalog is asked. */
public enum IcebergCode implements DiagnosticCode {
    MISSING_CATALOG_TYPE,
    AMBIGUOUS_CATALOG_TYPE,
    UNKNOWN_CATALOG_TYPE,
    MISSING_CATALOG_URI,
    MISSING_WAREHOUSE,
    UNSAFE_WAREHOUSE;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Blame blame() {
        return Blame.FILE;
    }
}
