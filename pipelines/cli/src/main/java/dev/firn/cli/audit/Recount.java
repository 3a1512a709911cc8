package dev.firn.cli.audit;

import dev.firn.spi.sink.TableRecount;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is outside of the ledger, held against it.
 *
 * @param reasons of what is in the quarantine table; empty where it can't be told by reason
 * @param notes to all of it
 */
public record Recount(
        List<PartitionCheck> partitions, List<TableCheck> tables, List<ReasonCheck> reasons, List<Note> notes) {

    public Recount {
        partitions = List.copyOf(partitions);
        tables = List.copyOf(tables);
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    public boolean agrees() {
        Stream<Note> all = Stream.of(
                        partitions.stream().flatMap(check -> check.notes().stream()),
                        tables.stream().flatMap(check -> check.notes().stream()),
                        notes.stream())
                .flatMap(stream -> stream);
        return all.noneMatch(Note::isWrong);
    }

    /** Whether each row was found where the pipeline had put it. */
    public boolean isInPlace() {
        return tables.stream().allMatch(check -> check.verdict() == TableCheck.Verdict.BALANCES);
    }

    public long files() {
        return counted()
                .mapToLong(found -> found.own().files() + found.others().files())
                .sum();
    }

    public long rows() {
        return counted()
                .mapToLong(found -> found.own().rows() + found.others().rows())
                .sum();
    }

    private Stream<TableRecount> counted() {
        return tables.stream().flatMap(check -> check.found().stream());
    }
}
