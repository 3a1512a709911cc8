package dev.firn.flink.write;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the tables of each record, and makes a copy for each; the same for a job that writes and for whoever only wants to see.
 *
 * <pre>
 *   raw record -> route -> schema id -> copies
 *                   |          |
 *                   +----------+------> quarantine, with code and message
 * </pre>
 */
public final class RecordRouting {

    private static final String NO_REASON = "";
    private static final String TOMBSTONE = "tombstone";
    private static final String DELETE = "delete";
    private static final String NO_ROUTE = "no route names the stream";

    private final WriterRoutes routes;
    private final ValueRouter values;
    private final Destination destination;
    private final Map<Split, Route> known = new HashMap<>();

    private RecordRouting(WriterRoutes routes, ValueRouter values, Destination destination) {
        this.routes = routes;
        this.values = values;
        this.destination = destination;
    }

    /**
     * @param catalog where tables are looked for, and made, that values name
     * @param detached tables that are not to be asked for anything
     */
    public static RecordRouting of(
            WriterRoutes routes, TableCatalog catalog, Predicate<TableName> detached, Destination destination) {
        ValueTables values = new ValueTables(catalog, routes.reserved(), detached, System::nanoTime);
        return new RecordRouting(routes, new ValueRouter(values), destination);
    }

    /** What becomes of the copies, and of what has none. */
    public interface Destination {

        /** What the records of a split's stream are read with. */
        FormatReader format(Split split);

        /** Counts records that end before a table, or become several. */
        void count(Split split, Outcome outcome, String reason, long records);

        void quarantine(List<QuarantinedRecord> refused);

        void copy(TableName table, FormatReader format, int schemaId, RawRecord record);

        /** Deletes the row with the record's key. */
        void delete(TableName table, FormatReader keys, RawRecord record);
    }

    /** Where a split's records go, a copy to each target; without one they are unrouted. */
    private record Route(
            List<TableName> tables, List<ValueRoute> byValue, FormatReader format, Optional<FormatReader> deletes) {
        int targets() {
            return tables.size() + byValue.size();
        }
    }

    public void take(RawRecord record) {
        Route route = known.computeIfAbsent(record.split(), this::route);
        if (record.value() == null && route.deletes().isEmpty()) {
            destination.count(record.split(), Outcome.NON_DATA, TOMBSTONE, 1);
            return;
        }
        if (route.targets() == 0) {
            Rejected unrouted = new Rejected(RejectCode.UNROUTED, NO_ROUTE + " `" + record.split().stream() + "`");
            destination.quarantine(List.of(rejection(record, Optional.empty(), unrouted)));
            return;
        }
        if (route.targets() > 1) {
            destination.count(record.split(), Outcome.COPIED, NO_REASON, route.targets() - 1);
        }
        int schemaId;
        try {
            if (route.format().isDelete(record)) {
                delete(route, record);
                return;
            }
            schemaId = route.format().schemaId(record);
        } catch (Rejected rejected) {
            destination.quarantine(forEachTarget(route, record, rejected));
            return;
        }
        for (TableName table : route.tables()) {
            destination.copy(table, route.format(), schemaId, record);
        }
        for (ValueRoute byValue : route.byValue()) {
            try {
                TableName table = values.table(byValue, route.format(), schemaId, record);
                destination.copy(table, route.format(), schemaId, record);
            } catch (Rejected rejected) {
                destination.quarantine(List.of(rejection(record, Optional.empty(), rejected)));
            }
        }
    }

    private Route route(Split split) {
        String stream = split.source() + "/" + split.stream();
        FormatReader format = destination.format(split);
        return new Route(routes.tables(stream), routes.byValue(stream), format, format.deletes());
    }

    private void delete(Route route, RawRecord record) {
        FormatReader keys = route.deletes()
                .orElseThrow(() -> new IllegalStateException("our bug: a record deletes, and nobody reads its key"));
        for (TableName table : route.tables()) {
            if (routes.keepDeleted().contains(table)) {
                destination.count(record.split(), Outcome.NON_DATA, record.value() == null ? TOMBSTONE : DELETE, 1);
            } else {
                destination.delete(table, keys, record);
            }
        }
        if (!route.byValue().isEmpty()) {
            throw new IllegalStateException("our bug: a record that deletes is routed by a value");
        }
    }

    /** Once for each copy, so that whoever puts them back knows every table that lacks the record. */
    private static List<QuarantinedRecord> forEachTarget(Route route, RawRecord record, Rejected rejected) {
        List<QuarantinedRecord> copies = new ArrayList<>();
        route.tables().forEach(table -> copies.add(rejection(record, Optional.of(table.full()), rejected)));
        route.byValue().forEach(unknown -> copies.add(rejection(record, Optional.empty(), rejected)));
        return copies;
    }

    /** Whether a record is in quarantine because no route named its stream at all, so that no table has got a copy of it. */
    public static boolean hadNoRoute(String code, String message) {
        return code.equals(RejectCode.UNROUTED.word()) && message.startsWith(NO_ROUTE);
    }

    static QuarantinedRecord rejection(RawRecord record, Optional<String> table, Rejected rejected) {
        return QuarantinedRecord.of(record, table, rejected);
    }
}
