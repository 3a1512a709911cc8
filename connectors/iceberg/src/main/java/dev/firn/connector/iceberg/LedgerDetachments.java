package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;

/**
 * Which tables are detached, as properties of the ledger, one a table. A change of them adds a snapshot without files, as a claim
 * does: a REST catalog compares snapshots and no properties.
 */
record LedgerDetachments(LakeTables tables, TableName ledger) {

    /** Properties are in every metadata file, and a catalog's answer may be a page long. */
    private static final int LONGEST_REASON = 500;

    private static final String SEPARATOR = ";";
    private static final int PARTS = 5;

    /** @param properties the ledger's */
    static Map<TableName, DetachedTable> in(Map<String, String> properties) {
        Map<TableName, DetachedTable> detached = new TreeMap<>();
        properties.forEach((property, text) -> {
            if (property.startsWith(DetachedTable.PROPERTY_PREFIX)) {
                TableName table = new TableName(property.substring(DetachedTable.PROPERTY_PREFIX.length()));
                detached.put(table, parse(table, text));
            }
        });
        return detached;
    }

    /** The last epoch behind which nothing waits for any of them. */
    static long waitsBehind(Map<String, String> properties) {
        return in(properties).values().stream()
                .mapToLong(DetachedTable::after)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static DetachedTable parse(TableName table, String text) {
        String[] parts = text.split(SEPARATOR, PARTS);
        if (parts.length != PARTS) {
            throw new IllegalStateException(
                    "the ledger's property `" + property(table) + "` is `" + text + "`, which Firn did not write");
        }
        return new DetachedTable(
                table,
                Long.parseLong(value(parts[0])),
                Long.parseLong(value(parts[1])),
                Instant.parse(value(parts[2])),
                Instant.parse(value(parts[3])),
                value(parts[4]));
    }

    private static String property(TableName table) {
        return DetachedTable.PROPERTY_PREFIX + table;
    }

    private static String value(String part) {
        return part.substring(part.indexOf('=') + 1);
    }

    private static String text(DetachedTable table) {
        String reason = table.reason();
        return String.join(
                SEPARATOR,
                "after=" + table.after(),
                "epoch=" + table.epoch(),
                "at=" + table.at().truncatedTo(ChronoUnit.SECONDS),
                "oldest=" + table.oldest().truncatedTo(ChronoUnit.SECONDS),
                "reason=" + (reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason));
    }

    void detach(DetachedTable table, long run) {
        set(table.table(), Optional.of(text(table)), run);
    }

    void attach(TableName table, long run) {
        set(table, Optional.empty(), run);
    }

    private void set(TableName table, Optional<String> text, long run) {
        Table now = tables.load(ledger);
        LedgerGuards.Detachment guard = new LedgerGuards.Detachment(ledger, run, property(table), text);
        if (guard.landed(LakeTables.operations(now).current())) {
            return;
        }
        Transaction transaction = Transactions.newTransaction(now.name(), tables.guarded(now, guard));
        UpdateProperties update = transaction.updateProperties();
        text.ifPresentOrElse(value -> update.set(guard.property(), value), () -> update.remove(guard.property()));
        update.commit();
        transaction
                .newFastAppend()
                .scanManifestsWith(new CallerThread())
                .set(TableMarks.RUN, Long.toString(run))
                .commit();
        transaction.commitTransaction();
    }
}
