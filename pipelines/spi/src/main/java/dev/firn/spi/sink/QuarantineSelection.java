package dev.firn.spi.sink;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which records of a quarantine are meant; a set that is empty leaves nothing out.
 *
 * @param codes words of reject codes
 * @param rules names of rules that records broke
 * @param tables where the records should have gone
 * @param streams where they came from
 * @param since that were quarantined at this time or later
 * @param payload whether key, value and headers are read, too
 * @param positions in their splits; empty for all
 */
public record QuarantineSelection(
        Set<String> codes,
        Set<String> rules,
        Set<String> tables,
        Set<String> streams,
        Optional<Instant> since,
        Payload payload,
        Optional<Positions> positions) {

    /** Whether the bytes of records are of interest. */
    public enum Payload {
        READ,
        LEFT
    }

    /** Both ends belong to it. */
    public record Positions(long first, long last) {}

    public QuarantineSelection {
        codes = java.util.Collections.unmodifiableSet(new TreeSet<>(codes));
        rules = java.util.Collections.unmodifiableSet(new TreeSet<>(rules));
        tables = java.util.Collections.unmodifiableSet(new TreeSet<>(tables));
        streams = java.util.Collections.unmodifiableSet(new TreeSet<>(streams));
    }

    /** Wherever they are in their splits. */
    public QuarantineSelection(
            Set<String> codes,
            Set<String> rules,
            Set<String> tables,
            Set<String> streams,
            Optional<Instant> since,
            Payload payload) {
        this(codes, rules, tables, streams, since, payload, Optional.empty());
    }

    /** Those of them that are at these positions. */
    public QuarantineSelection at(Positions some) {
        return new QuarantineSelection(codes, rules, tables, streams, since, payload, Optional.of(some));
    }

    /** The same records, with or without their bytes. */
    public QuarantineSelection with(Payload other) {
        return new QuarantineSelection(codes, rules, tables, streams, since, other, positions);
    }

    /** All of a pipeline's. */
    public static QuarantineSelection all(Payload payload) {
        return new QuarantineSelection(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), payload);
    }
}
