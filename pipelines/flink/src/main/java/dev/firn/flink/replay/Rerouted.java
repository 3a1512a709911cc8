package dev.firn.flink.replay;

import dev.firn.flink.write.RecordRouting;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the file sends a record now: all of its copies, and those that can't even be made.
 *
 * @param named tables that the record's stream is routed to by their names, not by a value
 */
record Rerouted(List<Copy> copies, List<QuarantinedRecord> refused, Set<TableName> named) {

    Rerouted {
        copies = List.copyOf(copies);
        refused = List.copyOf(refused);
        named = Set.copyOf(named);
    }

    /**
     * Those of them that a row of the quarantine stands for. The others have reached their tables, or have a row of their own; where the
     * file has changed so that nobody can tell, the row stays where it is.
     */
    Rerouted standingFor(QuarantinedRow row) {
        if (row.table().isPresent()) {
            return to(row, row.table().get());
        }
        return RecordRouting.hadNoRoute(row.code(), row.message()) ? this : byValue(row);
    }

    private Rerouted to(QuarantinedRow row, String table) {
        Rerouted same = new Rerouted(
                copies.stream()
                        .filter(copy -> copy.table().full().equals(table))
                        .toList(),
                refused.stream()
                        .filter(record -> record.table().equals(Optional.of(table)))
                        .toList(),
                named);
        return same.isEmpty()
                ? theOnlyOne(row, "`" + table + "` is none of the tables that its stream is routed to now")
                : same;
    }

    /** No table was found, so it is the copy of a route that goes by a value. */
    private Rerouted byValue(QuarantinedRow row) {
        Rerouted valued = new Rerouted(
                copies.stream().filter(copy -> !named.contains(copy.table())).toList(),
                refused.stream().filter(record -> record.table().isEmpty()).toList(),
                named);
        return valued.size() == 1
                ? valued
                : theOnlyOne(row, "which of the tables that its stream is routed to now lacks it can't be told");
    }

    private Rerouted theOnlyOne(QuarantinedRow row, String otherwise) {
        return size() == 1
                ? this
                : new Rerouted(
                        List.of(),
                        List.of(new QuarantinedRecord(row.record(), row.table(), RejectCode.UNROUTED, otherwise)),
                        named);
    }

    private int size() {
        return copies.size() + refused.size();
    }

    private boolean isEmpty() {
        return size() == 0;
    }

    /** The same without the copies for tables that nothing is put back into. */
    Rerouted without(Function<TableName, Optional<Rejected>> closed) {
        List<Copy> well = new ArrayList<>();
        List<QuarantinedRecord> all = new ArrayList<>(refused);
        for (Copy copy : copies) {
            Optional<Rejected> reason = closed.apply(copy.table());
            if (reason.isEmpty()) {
                well.add(copy);
            } else {
                all.add(new QuarantinedRecord(
                        copy.record(),
                        Optional.of(copy.table().full()),
                        reason.get().code(),
                        reason.get().reason()));
            }
        }
        return new Rerouted(well, all, named);
    }
}
