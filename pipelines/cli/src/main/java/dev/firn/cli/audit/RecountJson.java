package dev.firn.cli.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.sink.TableRecount;
import java.util.List;
import java.util.OptionalLong;

/** A {@link Recount} for programs, as a part of what {@link AuditJson} writes. */
final class RecountJson {

    private RecountJson() {}

    static void write(Recount recount, ObjectNode into) {
        into.put("agrees", recount.agrees());
        into.put("in-place", recount.isInPlace());
        into.put("files", recount.files());
        into.put("rows", recount.rows());
        ArrayNode partitions = into.putArray("partitions");
        recount.partitions().forEach(check -> write(check, partitions.addObject()));
        ArrayNode tables = into.putArray("tables");
        recount.tables().forEach(check -> write(check, tables.addObject()));
        ArrayNode reasons = into.putArray("quarantined");
        recount.reasons().forEach(check -> reasons.addObject()
                .put("reason", check.reason())
                .put("in-ledger", check.inLedger())
                .put("counted", check.inTable()));
        write(recount.notes(), into);
    }

    private static void write(PartitionCheck check, ObjectNode into) {
        into.put("source", check.split().source())
                .put("stream", check.split().stream())
                .put("partition", check.split().partition())
                .put("incarnation", check.split().incarnation());
        put(into, "ledger-end", check.to());
        put(into, "source-from", check.first());
        put(into, "source-to", check.end());
        put(into, "lag", check.lag());
        write(check.notes(), into);
    }

    private static void write(TableCheck check, ObjectNode into) {
        into.put("table", check.table().full())
                .put("verdict", check.verdict().word())
                .put("in-ledger", check.expected().inTable())
                .put("waiting", check.expected().waiting())
                .put("of-another-table", check.expected().stranded());
        check.found().ifPresent(found -> write(found, into));
        write(check.notes(), into);
    }

    private static void write(TableRecount found, ObjectNode into) {
        into.put("last-epoch", found.marks().lastEpoch())
                .put("own-files", found.own().files())
                .put("own-rows", found.own().rows())
                .put("other-files", found.others().files())
                .put("other-rows", found.others().rows())
                .put("faults", found.faults().count());
        put(into, "deleted-rows", found.hidden());
        into.put("whole-history", found.history().isWhole());
        ArrayNode snapshots = into.putArray("snapshots-of-others");
        found.history().snapshots().forEach(snapshot -> snapshots
                .addObject()
                .put("id", snapshot.id())
                .put("at", snapshot.at().toString())
                .put("operation", snapshot.operation())
                .put("added", snapshot.added())
                .put("removed", snapshot.removed()));
    }

    private static void put(ObjectNode into, String field, OptionalLong value) {
        value.ifPresent(number -> into.put(field, number));
    }

    private static void write(List<Note> notes, ObjectNode into) {
        ArrayNode array = into.putArray("notes");
        notes.forEach(note -> array.addObject().put("wrong", note.isWrong()).put("text", note.sentence()));
    }
}
