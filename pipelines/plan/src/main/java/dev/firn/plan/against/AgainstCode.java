package dev.firn.plan.against;

import dev.firn.definition.diagnostic.Severity;
import java.util.Locale;

/** What can be different between the plan of a running job and the one of now; each has a help page. */
public enum AgainstCode {
    CATALOG_CHANGED(Severity.DANGER),
    CLUSTER_CHANGED(Severity.WARNING),
    COLUMNS_CHANGED(Severity.NOTE),
    ENVIRONMENT_CHANGED(Severity.WARNING),
    FAN_OUT_CHANGED(Severity.WARNING),
    FORMAT_CHANGED(Severity.WARNING),
    LEDGER_MOVED(Severity.ERROR),
    MAX_TABLES_LOWERED(Severity.WARNING),
    PIPELINE_RENAMED(Severity.ERROR),
    QUARANTINE_MOVED(Severity.WARNING),
    REGISTRY_CHANGED(Severity.DANGER),
    ROUTE_COLUMN_CHANGED(Severity.WARNING),
    SETTING_CHANGED(Severity.NOTE),
    SOURCE_RENAMED(Severity.ERROR),
    STARTUP_CHANGED(Severity.NOTE),
    STATE_FOLDER_CHANGED(Severity.NOTE),
    STATE_LEFT_BEHIND(Severity.DANGER),
    STREAM_ADDED(Severity.NOTE),
    STREAM_MOVED(Severity.ERROR),
    STREAM_READ_TWICE(Severity.ERROR),
    STREAM_REMOVED(Severity.WARNING),
    STREAM_REROUTED(Severity.WARNING),
    TABLE_LAYOUT_CHANGED(Severity.NOTE);

    private final Severity severity;

    AgainstCode(Severity severity) {
        this.severity = severity;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An error: the start is refused; a danger: it is not, and rows or state are lost or doubled. */
    public Severity severity() {
        return severity;
    }

    /** Whether the job can go on as if nothing had changed, as far as rows and state are concerned. */
    boolean fits() {
        return severity != Severity.ERROR && severity != Severity.DANGER;
    }
}
