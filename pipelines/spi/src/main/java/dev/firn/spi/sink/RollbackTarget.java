package dev.firn.spi.sink;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.schema.TableName;
import java.util.List;

/**
 * The version of a subject that a table is to be taken back to.
 *
 * @param version what the registry counts it as
 * @param lineages the version among those of its subject, at least one: streams that have other columns beside their values read it
 *     differently
 */
public record RollbackTarget(TableName table, String subject, int version, List<SchemaLineage> lineages) {

    public RollbackTarget {
        lineages = List.copyOf(lineages);
        if (lineages.isEmpty()) {
            throw new IllegalArgumentException("our bug: version " + version + " of " + subject + " is read by nobody");
        }
    }
}
