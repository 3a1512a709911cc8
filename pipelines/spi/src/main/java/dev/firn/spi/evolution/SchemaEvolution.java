package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/**
 * Decides what a table becomes when records come of a schema that it was not written with before. It changes nothing and looks at
 * nothing else, so it may be asked again with the table as it is then, as often as somebody else was faster.
 */
@FunctionalInterface
public interface SchemaEvolution extends Serializable {

    Verdict judge(TableName table, TableState now, SchemaLineage lineage);
}
