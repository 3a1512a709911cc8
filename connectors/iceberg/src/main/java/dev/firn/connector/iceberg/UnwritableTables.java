package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of one writer whose location can't be written to: their files go to the holding area. A mark there says so to
 * writers that start later. It is taken away by the commit that has brought the files into the table, and whoever then finds
 * it gone writes to the table again. Only {@link #found} and {@link #contains} are for any thread.
 */
final class UnwritableTables {

    private static final Logger LOG = LoggerFactory.getLogger(UnwritableTables.class);

    private final Supplier<HoldingArea> opening;
    private final TargetTables.Looks looks;

    /** When each was found to be one, on the clock of {@link System#nanoTime}. */
    private final Map<TableName, Long> unwritable = new ConcurrentHashMap<>();

    private final Set<TableName> everLookedAt = new HashSet<>();
    private final Map<TableName, Look> looking = new HashMap<>();

    private volatile @Nullable HoldingArea area;
    private CompletableFuture<?> openedAnew = CompletableFuture.completedFuture(null);
    private long openedAt = System.nanoTime();

    private record Look(long nanoTime, CompletableFuture<Boolean> isMarked) {}

    UnwritableTables(Supplier<HoldingArea> opening, TargetTables.Looks looks) {
        this.opening = opening;
        this.looks = looks;
    }

    boolean contains(TableName table) {
        return unwritable.containsKey(table);
    }

    /** For a table whose files go to the holding area though nothing is wrong with its location: the area's storage is kept fresh. */
    void useArea() {
        long now = System.nanoTime();
        if (openedAnew.isDone() && now - openedAt >= looks.every().toNanos()) {
            openedAt = now;
            openedAnew = CompletableFuture.runAsync(this::openAgain, looks.executor());
        }
    }

    /** Where their files go. */
    HoldingArea area() {
        HoldingArea known = area;
        return known == null ? openAgain() : known;
    }

    /** Takes note that a file of the table could not be written. */
    void found(TableName table, Exception cause) {
        if (unwritable.put(table, System.nanoTime()) == null) {
            LOG.warn("Files of table {} wait beside the ledger: its location can't be written to", table, cause);
        }
        try {
            openAgain().mark(table, String.valueOf(cause.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("Whoever starts next is not told that table {} can't be written to", table, e);
        }
    }

    /** Looks for the table's mark: waits for the first look, and for no other. */
    void look(TableName table) {
        long now = System.nanoTime();
        if (everLookedAt.add(table)) {
            lookForTheFirstTime(table, now);
            return;
        }
        Long foundAt = unwritable.get(table);
        if (foundAt == null || goesBack(table, foundAt)) {
            return;
        }
        Look last = looking.get(table);
        if (last == null
                || (last.isMarked().isDone()
                        && now - last.nanoTime() >= looks.every().toNanos())) {
            looking.put(table, begin(table, now));
            goesBack(table, foundAt);
        }
    }

    /** Takes the answer of the last look, if there is one that is younger than the trouble. */
    private boolean goesBack(TableName table, long foundAt) {
        Look last = looking.get(table);
        boolean isWell =
                last != null && last.nanoTime() > foundAt && last.isMarked().isDone() && !answer(last);
        if (isWell && unwritable.remove(table, foundAt)) {
            looking.remove(table);
            LOG.info("Files of table {} go to the table again", table);
        }
        return isWell;
    }

    private void lookForTheFirstTime(TableName table, long now) {
        try {
            if (isMarked(table, area())) {
                unwritable.put(table, now);
                LOG.warn("Files of table {} wait beside the ledger: its location could not be written to", table);
            }
        } catch (RuntimeException unknown) {
            LOG.warn("It is not known whether table {} can be written to", table, unknown);
        }
    }

    private Look begin(TableName table, long now) {
        return new Look(now, CompletableFuture.supplyAsync(() -> isMarked(table, openAgain()), looks.executor()));
    }

    private static boolean answer(Look look) {
        try {
            return look.isMarked().join();
        } catch (CompletionException unknown) {
            LOG.warn("It is not known whether a table can be written to", unknown.getCause());
            return true;
        }
    }

    private static boolean isMarked(TableName table, HoldingArea area) {
        return area.readMark(table).isPresent();
    }

    /** Its storage may have a password that is good for an hour. */
    private HoldingArea openAgain() {
        HoldingArea now = opening.get();
        area = now;
        return now;
    }
}
