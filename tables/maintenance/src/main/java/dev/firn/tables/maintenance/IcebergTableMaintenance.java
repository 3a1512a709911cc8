package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.TableMaintenance;
import java.time.Clock;
import java.util.Map;

/** Looks after Iceberg tables, on this machine. */
public final class IcebergTableMaintenance implements TableMaintenance {

    /** Looks after the tables of a catalog that is open. */
    public static MaintainedCatalog of(MaintainedLake lake) {
        return new IcebergUpkeep(lake, Clock.systemUTC(), Work.ofThisProcess());
    }

    @Override
    public MaintainedCatalog open(Map<String, Text> catalog, ReferenceResolver references) {
        return of(MaintainedLake.open(catalog, references));
    }
}
