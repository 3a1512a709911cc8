package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.TableInspection;
import java.util.Map;

/** Looks at Iceberg tables. */
public final class IcebergTableInspection implements TableInspection {

    @Override
    public InspectedCatalog open(Map<String, Text> catalog, ReferenceResolver references) {
        return new IcebergInspectedCatalog(InspectedLake.open(catalog, references));
    }
}
