package dev.firn.schema.registry;

/** A schema that is asked for until somebody can say it; guarded by its {@link SchemaShelf}. */
final class WantedSchema {

    final int id;
    final long sinceNanos;
    int tries;
    String reason = "";
    boolean overdue;

    /** The registry has denied it once. */
    boolean denied;

    long notBeforeNanos;

    WantedSchema(int id, long nanos) {
        this.id = id;
        this.sinceNanos = nanos;
        this.notBeforeNanos = nanos;
    }
}
