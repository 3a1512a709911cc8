package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/** Takes down on a table how far its pause has ended, as {@link PauseOrder} reads it. */
record EndedPauses(LakeTables tables, String author, Retries retries) {

    /** The pause ends, and from the same commit on nothing newer comes to the table before what has waited. */
    void end(TableName table) {
        update(
                "resume table `" + table + "`",
                table,
                now -> now.paused()
                        ? Map.of(
                                PauseOrder.resuming(author), Optional.of(Long.toString(now.after())),
                                PauseMark.property(author), Optional.empty())
                        : Map.of());
    }

    /** Where the table is paused nothing is to be taken down: whoever ends that looks at the ledger afterwards. */
    void keepOrder(TableName table, long epoch) {
        if (tables.find(table).isPresent()) {
            update(
                    "keep the order of table `" + table + "`",
                    table,
                    now -> now.paused()
                                    || epoch
                                            <= Math.max(
                                                    now.putBack(), now.waiting().last())
                            ? Map.of()
                            : Map.of(
                                    PauseOrder.waiting(author),
                                    Optional.of(now.waitingWith(epoch).text())));
        }
    }

    void putBack(TableName table, long through) {
        update("note what was put back to table `" + table + "`", table, now -> noted(through, now));
    }

    void finish(TableName table, long through) {
        update("resume table `" + table + "`", table, now -> {
            Map<String, Optional<String>> changes = new HashMap<>(noted(through, now));
            if (now.resuming()) {
                changes.put(PauseOrder.resuming(author), Optional.empty());
            }
            return changes;
        });
    }

    private Map<String, Optional<String>> noted(long through, PauseOrder now) {
        return through > now.putBack()
                ? Map.of(PauseOrder.putBack(author), Optional.of(Long.toString(through)))
                : Map.of();
    }

    /** @param change what properties become, by what the table says now */
    private void update(String what, TableName table, Function<PauseOrder, Map<String, Optional<String>>> change) {
        retries.run(what, tables.outside(), () -> {
            Table found = tables.load(table);
            Map<String, Optional<String>> changes = change.apply(PauseOrder.in(found.properties(), author));
            if (changes.isEmpty()) {
                return;
            }
            UpdateProperties update = found.updateProperties();
            changes.forEach((property, value) ->
                    value.ifPresentOrElse(text -> update.set(property, text), () -> update.remove(property)));
            update.commit();
        });
    }
}
