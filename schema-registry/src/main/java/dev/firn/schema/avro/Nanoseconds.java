package dev.firn.schema.avro;

/** What happens to timestamps in nanoseconds, which tables keep in microseconds. */
public enum Nanoseconds {
    /** The plan is refused. */
    REFUSE,
    /** What is below a microsecond is cut off, towards the past. */
    TRUNCATE
}
