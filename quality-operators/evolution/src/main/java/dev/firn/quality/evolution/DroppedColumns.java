package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields that rows were written with before and that the newest schema lacks, the outermost of them. */
final class DroppedColumns implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        outermost(comparison).forEach((path, column) -> found.add(finding(path, column)));
        return found;
    }

    /** By their paths in the version before. */
    static Map<String, TableColumns.Node> outermost(Comparison comparison) {
        Map<String, TableColumns.Node> found = new LinkedHashMap<>();
        if (comparison.isNewest()) {
            comparison.predecessor().ifPresent(before -> before.tracks().forEach((path, track) -> {
                boolean stays = track.isIn(comparison.ownVersion());
                boolean isIn = track.parent()
                        .filter(parent -> parent == comparison.root() || parent.isIn(comparison.ownVersion()))
                        .isPresent();
                if (!stays && isIn) {
                    comparison
                            .column(track)
                            .filter(TableColumns.Node::isNamed)
                            .ifPresent(column -> found.put(path, column));
                }
            }));
        }
        return found;
    }

    private static Finding finding(String path, TableColumns.Node column) {
        return new Finding(
                new SchemaChange.DropColumn(path, column.type()),
                Map.of(
                        Decision.APPLY,
                        List.of(new TableEdit.DropColumn(column.id())),
                        Decision.KEEP_NULLABLE,
                        column.isRequired() ? List.of(new TableEdit.MakeOptional(column.id())) : List.of()));
    }
}
