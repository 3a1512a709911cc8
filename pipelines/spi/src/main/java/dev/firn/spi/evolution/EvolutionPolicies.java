package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/** What is done about changes of each table's schema, those of tables that come to exist while the job runs among them. */
@FunctionalInterface
public interface EvolutionPolicies extends Serializable {

    EvolutionPolicy of(TableName table);
}
