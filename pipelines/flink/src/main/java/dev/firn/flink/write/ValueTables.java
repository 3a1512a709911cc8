package dev.firn.flink.write;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.OutsideException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds, and where they are missing makes, the tables that the values of a column lead to. Whose table it is stands in the
 * table itself, so all subtasks and all runs agree. A catalog that fails to list or make tables fails the task, and the record comes
 * again.
 */
final class ValueTables {

    /** In bytes: what every catalog and every file system takes as the name of a table. */
    private static final int LONGEST_NAME = 128;

    /** How old the list of tables may be where none is made, so that a flood of values is no flood of questions. */
    static final Duration LISTED_FOR = Duration.ofSeconds(10);

    /** What is remembered of values that lead nowhere. */
    private static final int REMEMBERED = 1_000;

    private record Key(String template, String value) {}

    private record Listing(Set<TableName> tables, long since) {}

    private final TableCatalog lake;
    private final Set<String> reserved;
    private final Predicate<TableName> detached;
    private final LongSupplier nanos;
    private final Map<Key, TableName> known = new HashMap<>();
    private final Map<Key, Rejected> refused = new HashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();

    /**
     * @param reserved tables that other routes name, and Firn's own: no value leads to them
     * @param detached tables that are not to be looked for, nor made
     */
    ValueTables(TableCatalog lake, Set<TableName> reserved, Predicate<TableName> detached, LongSupplier nanos) {
        this.lake = lake;
        this.reserved = reserved.stream().map(ValueTables::folded).collect(Collectors.toSet());
        this.detached = detached;
        this.nanos = nanos;
    }

    /** The table of a value, which is there when this returns, or is detached. */
    TableName table(ValueRoute route, @Nullable Object value) throws Rejected {
        if (value == null) {
            throw new Rejected(RejectCode.UNROUTED, "`" + route.column() + "` is null, so it names no table");
        }
        String text = value.toString();
        Key key = new Key(route.template().text(), text);
        TableName table = known.get(key);
        if (table != null) {
            return table;
        }
        TableName name = name(route, text);
        if (detached.test(name)) {
            // Nothing to remember: whether it is this value's table is looked at when it is attached again.
            return name;
        }
        Listing listing = listing(route);
        Rejected before = refused.get(key);
        if (before != null) {
            throw before;
        }
        try {
            TableName found = find(route, name, text, listing);
            known.put(key, found);
            return found;
        } catch (Rejected rejected) {
            if (refused.size() < REMEMBERED) {
                refused.put(key, rejected);
            }
            throw rejected;
        }
    }

    private TableName find(ValueRoute route, TableName name, String value, Listing listing) throws Rejected {
        if (isListed(name, listing)) {
            return taken(route, name, value);
        }
        if (isFull(route, listing)) {
            throw tooMany(route, value);
        }
        // One is to be made: look anew, for others make some too.
        Listing now = list(route);
        if (isListed(name, now)) {
            return taken(route, name, value);
        }
        if (isFull(route, now)) {
            throw tooMany(route, value);
        }
        lake.create(route.spec(name, value));
        TableName made = claimed(
                name,
                value,
                route,
                lake.table(name)
                        .orElseThrow(() -> new OutsideException("table `" + name + "` was made, and is not there")));
        now.tables().add(made);
        return made;
    }

    private TableName name(ValueRoute route, String value) throws Rejected {
        if (value.isEmpty()) {
            throw new Rejected(RejectCode.UNROUTED, "`" + route.column() + "` is empty, so it names no table");
        }
        TableName name = new TableName(route.template().expand(value));
        int length = name.table().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_NAME) {
            throw new Rejected(
                    RejectCode.UNROUTED,
                    "`" + route.column() + "` makes a table name of " + length + " bytes, and " + LONGEST_NAME
                            + " are the most");
        }
        if (reserved.contains(folded(name))) {
            throw new Rejected(
                    RejectCode.TABLE_NAME_TAKEN,
                    "`" + value + "` leads to `" + name + "`, which another route names or Firn itself needs");
        }
        return name;
    }

    /** A table of that name, or of one that differs only in case, is there. */
    private TableName taken(ValueRoute route, TableName name, String value) throws Rejected {
        Optional<ExistingTable> existing = lake.tableToWrite(name);
        if (existing.isEmpty()) {
            throw new Rejected(
                    RejectCode.TABLE_NAME_TAKEN,
                    "`" + value + "` leads to `" + name + "`, and there is a table whose name differs only in case");
        }
        return claimed(name, value, route, existing.get());
    }

    private static TableName claimed(TableName name, String value, ValueRoute route, ExistingTable existing)
            throws Rejected {
        String owner = existing.properties().get(ValueRoute.VALUE_PROPERTY);
        // A table that somebody else made is that of the one value that stands in its name as it is.
        boolean isMine = owner == null ? route.template().literal(value).equals(name.full()) : owner.equals(value);
        if (isMine) {
            return name;
        }
        String whose = owner == null ? "which is not one that Firn made for it" : "the table of `" + owner + "`";
        throw new Rejected(RejectCode.TABLE_NAME_TAKEN, "`" + value + "` leads to `" + name + "`, " + whose);
    }

    private boolean isFull(ValueRoute route, Listing listing) {
        return listing.tables().stream()
                        .filter(table -> !reserved.contains(folded(table)))
                        .filter(table -> route.template().canBe(table.full()))
                        .count()
                >= route.maxTables();
    }

    private static Rejected tooMany(ValueRoute route, String value) {
        return new Rejected(
                RejectCode.TOO_MANY_TABLES,
                "`" + value + "` would need a table of its own, and `" + route.template() + "` has its "
                        + route.maxTables());
    }

    private static boolean isListed(TableName name, Listing listing) {
        String folded = folded(name);
        return listing.tables().stream().anyMatch(table -> folded(table).equals(folded));
    }

    private Listing listing(ValueRoute route) {
        Listing last = listings.get(route.template().namespace());
        return last == null || nanos.getAsLong() - last.since() > LISTED_FOR.toNanos() ? list(route) : last;
    }

    private Listing list(ValueRoute route) {
        String namespace = route.template().namespace();
        Listing fresh = new Listing(new HashSet<>(lake.tables(namespace)), nanos.getAsLong());
        listings.put(namespace, fresh);
        refused.clear();
        return fresh;
    }

    private static String folded(TableName table) {
        return table.full().toLowerCase(Locale.ROOT);
    }
}
