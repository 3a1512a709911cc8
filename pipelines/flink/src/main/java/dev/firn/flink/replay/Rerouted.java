package dev.firn.flink.replay;

import dev.firn.flink.write.RecordRouting;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where the file sends a record now: all of its copies, and those that can't even be made.
 */
record Rerouted(List<Copy> copies, List<QuarantinedRecord> refused) {

    Rerouted {
        copies = List.copyOf(copies);
        refused = List.copyOf(refused);
    }

    /**
     * Those of them that a row of the quarantine stands for. The others have reached their tables, or have a row of their own; where the
     * file has changed so that nobody can tell, the row stays where it is.
     *
     * @param copied whether records of a split have ever gone to several tables
     */
    Rerouted standingFor(QuarantinedRow row, Predicate<Split> copied) {
        if (row.table().isPresent()) {
            return to(row, row.table().get(), copied);
        }
        return RecordRouting.hadNoRoute(row.code(), row.message()) ? this : byValue(row, copied);
    }

    private Rerouted to(QuarantinedRow row, String table, Predicate<Split> copied) {
        Rerouted same = new Rerouted(
                copies.stream()
                        .filter(copy -> copy.table().full().equals(table))
                        .toList(),
                refused.stream()
                        .filter(record -> record.table().equals(Optional.of(table)))
                        .toList());
        if (same.size() > 0) {
            return same;
        }
        // Another route that is left may have taken its copy before.
        return size() == 1 && !copied.test(row.record().split())
                ? this
                : staying(row, "`" + table + "` is none of the tables that its stream is routed to now");
    }

    /** No table was found, so it is the copy of a route that goes by a value; of which one is not told where there were several. */
    private Rerouted byValue(QuarantinedRow row, Predicate<Split> copied) {
        return size() == 1 && !copied.test(row.record().split())
                ? this
                : staying(row, "its stream goes to several tables, or did, and which of them lacks it can't be told");
    }

    private static Rerouted staying(QuarantinedRow row, String why) {
        return new Rerouted(
                List.of(), List.of(new QuarantinedRecord(row.record(), row.table(), RejectCode.UNROUTED, why)));
    }

    private int size() {
        return copies.size() + refused.size();
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
                all.add(QuarantinedRecord.of(
                        copy.record(), Optional.of(copy.table().full()), reason.get()));
            }
        }
        return new Rerouted(well, all);
    }
}
