package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.Startup;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.Lsn;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import dev.firn.connector.cdc.postgres.Readiness;
import dev.firn.connector.cdc.postgres.ServerIdentity;
import dev.firn.connector.cdc.postgres.Slots;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.SourceEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens a database: finds out which one it is and where to go on, and makes publication and slot where there are none. The slot is there before the
 * first row is read, so that whatever happens to rows while they are read is in the log behind them.
 */
final class Opening {

    /** Its own reader of before may still hold what there is room for. */
    private static final Set<Readiness.What> OF_SLOTS =
            EnumSet.of(Readiness.What.SLOT, Readiness.What.SLOT_MISSING, Readiness.What.ROOM);

    private final DatabaseFetcher.Reading reading;
    private final SchemaMemory schemas;
    private final Confirmed confirmed;
    private final Handover handover;

    Opening(DatabaseFetcher.Reading reading, SchemaMemory schemas, Confirmed confirmed, Handover handover) {
        this.handover = handover;
        this.reading = reading;
        this.schemas = schemas;
        this.confirmed = confirmed;
    }

    List<DatabaseFetcher.Part> open(DatabaseSplit saved) throws DatabaseFailure {
        PostgresAddress address = reading.address();
        DatabaseSplits splits = DatabaseSplits.of(reading.source(), ServerIdentity.of(address));
        try (Connection connection = address.open()) {
            Map<String, SourceTable> tables = tables(new PostgresCatalog(address, connection));
            Start start =
                    Start.of(splits, tables.values(), reading.startup() == Startup.INITIAL, saved, reading.ledger());
            Slots slots = new Slots(address, connection);
            publish(slots, start, tables);
            requireReady(Readiness.of(address, connection, tables.values(), reading.publication(), reading.slot()));
            DatabaseSplit split = ready(slots, start);
            List<DatabaseFetcher.Part> parts = new ArrayList<>();
            parts.add(new Announced(announced(splits, split)));
            if (split.tables().values().stream().anyMatch(place -> !place.isComplete())) {
                parts.add(new Settling(address));
                split.tables().forEach((name, place) -> {
                    if (!place.isComplete()) {
                        parts.add(new RowReading(
                                address, table(tables, name), splits, place, new Lsn(split.boundary()), schemas));
                    }
                });
                handover.expect(tables.keySet());
                parts.add(handover);
            }
            parts.add(new LogReading(reading, splits, split, tables, schemas, confirmed));
            return parts;
        } catch (SQLException closing) {
            throw new IllegalStateException("our bug: a connection that is no more needed does not close", closing);
        }
    }

    private Map<String, SourceTable> tables(PostgresCatalog catalog) throws DatabaseFailure {
        List<Selector> names = reading.tables().stream().map(Opening::exactly).toList();
        Map<String, SourceTable> found = new LinkedHashMap<>();
        catalog.select(names, List.of()).tables().forEach(table -> found.put(table.name(), table));
        TreeSet<String> gone = new TreeSet<>(reading.tables());
        gone.removeAll(found.keySet());
        if (!gone.isEmpty()) {
            throw ReadFailures.tablesGone(reading.source(), gone);
        }
        return found;
    }

    /** The names of tables may hold what means something in a selector. */
    private static Selector exactly(String name) {
        return Selector.parse("/" + name.replaceAll("([^A-Za-z0-9_ ])", "\\\\$1") + "/");
    }

    private static SourceTable table(Map<String, SourceTable> tables, String name) {
        SourceTable table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("our bug: table " + name + " was not asked for");
        }
        return table;
    }

    /** With the slot's own place where nobody knows one. */
    private DatabaseSplit ready(Slots slots, Start start) throws DatabaseFailure {
        String name = reading.slot();
        Slots.Slot slot = slots.slot(name).orElse(null);
        if (slot != null) {
            requireSuited(slot);
        }
        if (start.isFirst()) {
            Lsn from = slot == null ? slots.createSlot(name) : begun(slot);
            return new DatabaseSplit(
                    start.split().incarnation(), from.value(), start.split().tables());
        }
        Lsn wanted = new Lsn(start.split().boundary());
        if (slot == null) {
            throw ReadFailures.slotGone(reading.source(), name, wanted);
        }
        Lsn kept = slot.confirmed().orElse(Lsn.NONE);
        if (kept.compareTo(wanted) > 0) {
            throw ReadFailures.slotAhead(reading.source(), name, wanted, kept);
        }
        return start.split();
    }

    /** What a slot of that name can't be used for would show when all rows were read. */
    private void requireSuited(Slots.Slot slot) {
        if (!slot.plugin().equals("pgoutput")) {
            throw ReadFailures.slotUnsuited(slot.name(), "is read by `" + slot.plugin() + "` and not by `pgoutput`");
        }
        if (!slot.database().equals(reading.address().database())) {
            throw ReadFailures.slotUnsuited(slot.name(), "is of database `" + slot.database() + "`");
        }
        if (slot.temporary()) {
            throw ReadFailures.slotUnsuited(slot.name(), "goes with the session that has made it");
        }
        if (slot.walStatus().equals("lost")) {
            throw ReadFailures.slotUnsuited(
                    slot.name(), "was left behind, and the server has removed the log that it needs");
        }
    }

    /**
     * A slot that was there before its first reader: what happened before now is in the rows, which are read behind it. The log of before may be that of an
     * earlier life, with changes to which later ones are lacking.
     */
    private Lsn begun(Slots.Slot slot) throws DatabaseFailure {
        if (slot.confirmed().isEmpty()) {
            throw ReadFailures.slotNotReady(
                    slot.name(),
                    "is still being made: the server waits for transactions to end that have begun before");
        }
        if (slot.active()) {
            throw ReadFailures.slotNotReady(slot.name(), "has a reader already, and a slot has one");
        }
        return ServerIdentity.of(reading.address()).flushed();
    }

    /** A publication of somebody's own may have more tables, whose changes are passed over. */
    private void publish(Slots slots, Start start, Map<String, SourceTable> tables) throws DatabaseFailure {
        Optional<Set<String>> published = slots.published(reading.publication());
        List<SourceTable> lacking = tables.values().stream()
                .filter(table -> !published.orElse(Set.of()).contains(table.name()))
                .toList();
        List<String> followed = lacking.stream()
                .map(SourceTable::name)
                .filter(start::hasFollowed)
                .toList();
        if (!followed.isEmpty()) {
            throw ReadFailures.unpublished(reading.source(), reading.publication(), followed);
        }
        try {
            if (published.isEmpty()) {
                slots.createPublication(reading.publication(), lacking);
            } else if (!lacking.isEmpty()) {
                slots.addTables(reading.publication(), lacking);
            }
        } catch (DatabaseFailure failure) {
            throw failure.kind() == DatabaseFailure.Kind.REFUSED
                    ? ReadFailures.forGood(failure.reason() + "; let the owner of the tables do it: `"
                            + slots.publishing(reading.publication(), published.isPresent(), lacking) + "`")
                    : ReadFailures.of(failure);
        }
        slots.removeTables(reading.publication(), letGo(published.orElse(Set.of()), tables));
    }

    /**
     * What the file has named once and does no more. It leaves the publication, if that is called as we call it: were it followed again one day, what
     * has changed meanwhile would be lacking, and so a run finds out.
     */
    private Set<String> letGo(Set<String> published, Map<String, SourceTable> tables) {
        if (!reading.publication().equals(reading.slot())) {
            return Set.of();
        }
        Set<String> letGo = new TreeSet<>(published);
        letGo.removeAll(tables.keySet());
        return letGo;
    }

    /** What of slots is not as it should be, who reads it says in time. */
    private void requireReady(List<Readiness.Lack> lacks) {
        List<String> required = lacks.stream()
                .filter(lack -> lack.weight() == Readiness.Weight.REQUIRED)
                .filter(lack -> !OF_SLOTS.contains(lack.what()))
                .map(lack -> lack.sentence() + " (mend it with `" + lack.sql() + "`)")
                .toList();
        if (!required.isEmpty()) {
            throw ReadFailures.forGood(reading.address().inWords() + " is not ready: " + String.join("; ", required));
        }
    }

    private static List<Step> announced(DatabaseSplits splits, DatabaseSplit split) {
        List<Step> steps = new ArrayList<>();
        split.tables().forEach((table, place) -> {
            steps.add(new Step.Told(new SourceEvent.SplitOpened(splits.rows(table, place.oid()), place.rows())));
            if (place.isComplete()) {
                steps.add(new Step.Told(
                        new SourceEvent.SplitOpened(splits.changes(table, place.oid()), place.changes())));
            }
        });
        // Last: a state that has places of splits which the ledger was not told of would be ahead of it.
        steps.add(new Step.Opened(new SourceEvent.SplitOpened(splits.log(), split.boundary()), split));
        return steps;
    }

    /** Says where reading goes on, before anything is read. */
    private static final class Announced implements DatabaseFetcher.Part {

        private List<Step> steps;
        private boolean isSaid;

        Announced(List<Step> steps) {
            this.steps = steps;
        }

        @Override
        public List<Step> next() {
            List<Step> said = steps;
            steps = List.of();
            isSaid = true;
            return said;
        }

        @Override
        public boolean isOver() {
            return isSaid;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
