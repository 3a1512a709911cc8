package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns that are still called what the field was called before. All of the subject's fields are looked at, for one that is gone
 * meanwhile may stand in the way of another that has its old name. A column that somebody else has renamed keeps that name.
 */
final class RenamedColumns implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        below(comparison, comparison.root(), found);
        return found;
    }

    private static void below(Comparison comparison, Track parent, List<Finding> found) {
        for (Track track : parent.children()) {
            comparison.column(track).ifPresent(column -> comparison
                    .newName(track)
                    .ifPresent(name -> found.add(finding(comparison, column, name))));
            below(comparison, track, found);
        }
    }

    private static Finding finding(Comparison comparison, TableColumns.Node column, String name) {
        String path = siblingPath(column, name);
        return comparison
                .inTheWay(column.parent(), name)
                .map(other -> Finding.told(new SchemaChange.Incompatible(
                        path, "it was `" + column.step() + "`, and the table has a `" + other.step() + "` already")))
                .orElseGet(() -> Finding.applied(
                        new SchemaChange.RenameColumn(path, column.step()),
                        new TableEdit.RenameColumn(column.id(), name)));
    }

    private static String siblingPath(TableColumns.Node column, String name) {
        return column.path().substring(0, column.path().length() - column.step().length()) + name;
    }
}
