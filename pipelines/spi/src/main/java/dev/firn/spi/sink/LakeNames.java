package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/**
 * Whose lake it is.
 *
 * @param pipeline the pipeline's name, in every snapshot summary
 * @param ledger the pipeline's ledger table
 * @param quarantine the pipeline's quarantine table
 */
public record LakeNames(String pipeline, TableName ledger, TableName quarantine) implements Serializable {

    /** The table of what was decided about schemas, beside the ledger; pipelines of one namespace share it. */
    public TableName schemaChanges() {
        return new TableName(String.join(".", ledger.namespace()) + ".firn_schema_changes");
    }
}
