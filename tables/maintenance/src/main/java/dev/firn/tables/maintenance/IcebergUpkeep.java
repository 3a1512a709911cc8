package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables of one catalog. */
final class IcebergUpkeep implements MaintainedCatalog {

    private final MaintainedLake lake;
    private final Clock clock;
    private final Work work;
    private @Nullable TableLocations locations;

    IcebergUpkeep(MaintainedLake lake, Clock clock, Work work) {
        this.lake = lake;
        this.clock = clock;
        this.work = work;
    }

    @Override
    public List<TableName> tables() {
        return lake.tables().stream()
                .filter(table -> !MaintainedLake.isNamedLikeALedger(table))
                .toList();
    }

    @Override
    public TableUpkeep maintain(TableName table, MaintenanceRequest request, Consumer<String> progress) {
        try {
            return new TableTurn(lake, table, request, clock, work).run(this::locations, progress);
        } catch (RuntimeException e) {
            throw TableTurn.isOurBug(e) ? e : lake.failed("look after table `" + table + "`", e);
        }
    }

    private TableLocations locations() {
        TableLocations known = locations;
        if (known == null) {
            known = TableLocations.of(lake);
            locations = known;
        }
        return known;
    }

    @Override
    public void close() {
        lake.close();
    }
}
