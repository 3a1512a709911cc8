package dev.firn.plan;

import dev.firn.definition.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What the planner complains about. */
public enum PlanCode implements DiagnosticCode {
    CATALOG_UNREACHABLE(Blame.OUTSIDE),
    COLUMN_NOT_IN_SCHEMA(Blame.FILE),
    COLUMN_TYPE_DIFFERS(Blame.FILE),
    COMMIT_INTERVAL_TOO_SHORT(Blame.FILE),
    DELETES_UNSUITED(Blame.FILE),
    DISTRIBUTION_MODE_UNSUITED(Blame.FILE),
    EVENT_TIME_UNSUITED(Blame.FILE),
    HIDDEN_SETTING(Blame.FILE),
    HOLD_TOO_LONG(Blame.FILE),
    INVALID_COLUMN_CHANGE(Blame.FILE),
    INVALID_EXPRESSION(Blame.FILE),
    INVALID_MASK(Blame.FILE),
    INVALID_PARTITION_TRANSFORM(Blame.FILE),
    INVALID_RULE(Blame.FILE),
    INVALID_SORT_ORDER(Blame.FILE),
    KEY_COLUMN_MISSING(Blame.FILE),
    KEY_COLUMN_UNSUITED(Blame.FILE),
    KEY_MISSING(Blame.FILE),
    KEY_UNUSED(Blame.FILE),
    MASKED_BYTES_KEPT(Blame.FILE),
    PARTITION_CLASH(Blame.FILE),
    PARTITION_COLUMN_MISSING(Blame.FILE),
    PARTITIONING_DIFFERS(Blame.FILE),
    PARTITION_TYPE_UNSUITED(Blame.FILE),
    QUARANTINE_TOPIC_UNSUITED(Blame.FILE),
    RESERVED_COLUMN_NAME(Blame.FILE),
    RESERVED_FLINK_SETTING(Blame.FILE),
    ROUTE_COLUMN_MISSING(Blame.FILE),
    ROUTE_COLUMN_UNSUITED(Blame.FILE),
    SCHEMA_NOT_PULLED(Blame.FILE),
    SECRET_SHOWN_BY_FLINK(Blame.FILE),
    SORT_COLUMN_MISSING(Blame.FILE),
    SORT_ORDER_DIFFERS(Blame.FILE),
    SORT_TYPE_UNSUITED(Blame.FILE),
    TABLE_LACKS_COLUMN(Blame.FILE),
    TABLE_NAME_CLASH(Blame.FILE),
    TABLE_PROPERTY_DIFFERS(Blame.FILE),
    TABLE_REQUIRES_COLUMN(Blame.FILE),
    TABLE_SCHEMA_CLASH(Blame.FILE),
    TABLE_UNREADABLE(Blame.OUTSIDE),
    UNIQUE_UNSUITED(Blame.FILE),
    UNMATCHED_ROUTE(Blame.FILE),
    UNMATCHED_TABLE_ENTRY(Blame.FILE),
    UNRESOLVED_REFERENCE(Blame.FILE),
    UNROUTED_STREAM(Blame.FILE),
    UPSERT_UNSUITED(Blame.FILE);

    private final Blame blame;

    PlanCode(Blame blame) {
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
