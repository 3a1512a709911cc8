package dev.firn.spi.inspection;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import java.util.Map;

/** Whoever can look at the tables of a catalog, found by {@link java.util.ServiceLoader}. */
public interface TableInspection {

    /**
     * Opens a catalog.
     *
     * @param catalog its properties as a file has them, with their references
     * @throws dev.firn.spi.source.OutsideException if it can't be opened
     */
    InspectedCatalog open(Map<String, Text> catalog, ReferenceResolver references);
}
