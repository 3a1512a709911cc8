package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.connector.iceberg.PipelineNeeds;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.util.PropertyUtil;

/** One table's turn: what is asked for is done in the order in which it helps most; what can't be done is said. */
final class TableTurn {

    private final MaintainedLake lake;
    private final TableName table;
    private final MaintenanceRequest request;
    private final Clock clock;
    private final Work work;
    private final List<String> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TableTurn(MaintainedLake lake, TableName table, MaintenanceRequest request, Clock clock, Work work) {
        this.lake = lake;
        this.table = table;
        this.request = request;
        this.clock = clock;
        this.work = work;
    }

    /** Catalogs and storages throw what they like; ours says so. */
    static boolean isOurBug(RuntimeException thrown) {
        return thrown instanceof NullPointerException
                || (thrown instanceof IllegalStateException
                        && String.valueOf(thrown.getMessage()).startsWith("our bug"));
    }

    /** @param locations asked only where they are needed */
    TableUpkeep run(Supplier<TableLocations> locations, Consumer<String> progress) {
        Instant start = clock.instant();
        Table now = lake.load(table);
        if (!(now.encryption() instanceof PlaintextEncryptionManager)) {
            refused.add("it is encrypted, and files that are written anew would not be");
            return answer(start, Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (request.mode() == MaintenanceRequest.Mode.REHEARSE) {
            return turn(start, Optional.empty(), locations, progress);
        }
        TableLock lock = new TableLock(lake, table, clock);
        try {
            return turn(start, Optional.of(lock), locations, progress);
        } catch (LockLost lost) {
            refused.add(String.valueOf(lost.getMessage()));
            return answer(start, Optional.empty(), Optional.empty(), Optional.empty());
        } finally {
            lock.release();
        }
    }

    private TableUpkeep turn(
            Instant start, Optional<TableLock> lock, Supplier<TableLocations> locations, Consumer<String> progress) {
        Optional<TableUpkeep.Compacted> compacted = request.compaction().map(asked -> {
            Compactor compactor = new Compactor(lake, table, asked, work);
            return lock.map(mine -> compactor.run(mine, progress, notes::add, refused::add))
                    .orElseGet(() -> compactor.rehearse(notes::add));
        });
        Optional<TableUpkeep.Expired> expired = request.expiry()
                .flatMap(asked -> deleting("no snapshot expires", () -> {
                    progress.accept(table + ": snapshots");
                    Expiration expiration = new Expiration(lake, table, asked, clock);
                    return lock.map(mine -> expiration.run(mine, notes::add, refused::add))
                            .orElseGet(() -> expiration.rehearse(notes::add));
                }));
        Optional<TableUpkeep.Orphans> orphans = request.orphans()
                .flatMap(age -> deleting("no orphan goes", () -> {
                    progress.accept(table + ": orphan files");
                    OrphanFiles files = new OrphanFiles(lake, table, locations.get());
                    List<FileInfo> found = files.find(clock.instant().minus(age), notes::add);
                    lock.filter(mine -> !found.isEmpty()).ifPresent(mine -> {
                        mine.renew();
                        long left = files.delete(found);
                        if (left > 0) {
                            refused.add(left + (left == 1 ? " orphan" : " orphans") + " could not be deleted");
                        }
                    });
                    return OrphanFiles.sum(found);
                }));
        return answer(start, compacted, expired, orphans);
    }

    /** What deletes files is not done where that could hurt somebody. */
    private <T> Optional<T> deleting(String consequence, Supplier<T> work) {
        try {
            if (!PropertyUtil.propertyAsBoolean(
                    lake.load(table).properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT)) {
                throw new Refused("its property `gc.enabled` is `false`, so other tables may have its files");
            }
            return Optional.of(work.get());
        } catch (PipelineNeeds.Unknown | Refused why) {
            refused.add(consequence + ": " + why.getMessage());
            return Optional.empty();
        }
    }

    private TableUpkeep answer(
            Instant start,
            Optional<TableUpkeep.Compacted> compacted,
            Optional<TableUpkeep.Expired> expired,
            Optional<TableUpkeep.Orphans> orphans) {
        return new TableUpkeep(
                table, compacted, expired, orphans, refused, notes, Duration.between(start, clock.instant()));
    }
}
