package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import java.util.List;
import java.util.Map;

/**
 * A change, and what each decision that goes on with it does to the table.
 *
 * @param edits nothing where a decision has none
 */
record Finding(SchemaChange change, Map<Decision, List<TableEdit>> edits) {

    /** Nothing is done about it but to say so. */
    static Finding told(SchemaChange change) {
        return new Finding(change, Map.of());
    }

    static Finding applied(SchemaChange change, TableEdit edit) {
        return new Finding(change, Map.of(Decision.APPLY, List.of(edit)));
    }

    List<TableEdit> edits(Decision decision) {
        return edits.getOrDefault(decision, List.of());
    }
}
