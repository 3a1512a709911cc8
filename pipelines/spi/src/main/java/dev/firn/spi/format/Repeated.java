package dev.firn.spi.format;

/** A record whose row its table has already, where the file says that it is to have it once: it is counted, and nowhere else. */
public record Repeated() implements NoRow {

    public static final Repeated ROW = new Repeated();
}
