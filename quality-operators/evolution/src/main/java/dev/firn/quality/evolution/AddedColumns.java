package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields that have no column, the outermost of them. One that a later version has dropped is not added where dropping is applied:
 * the table is beyond it.
 */
final class AddedColumns implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        comparison.own().forEach((path, track) -> {
            Optional<Integer> parent = track.parent().flatMap(comparison::id);
            if (comparison.id(track).isEmpty() && parent.isPresent() && isField(comparison, track)) {
                finding(comparison, path, track, parent.get()).ifPresent(found::add);
            }
        });
        return found;
    }

    private static boolean isField(Comparison comparison, Track track) {
        String step = track.nameAt(comparison.ownVersion()).orElseThrow();
        return !step.equals(Tracks.ELEMENT) && !step.equals(Tracks.VALUE);
    }

    /** Empty where the place that it is in is no struct in the table: that place does not fit as a whole. */
    private static Optional<Finding> finding(Comparison comparison, String path, Track track, int parent) {
        if (parent != TableEdit.TABLE
                && !IncompatibleTypes.isStruct(comparison.table().node(parent))) {
            return Optional.empty();
        }
        String name = comparison.name(track);
        Optional<TableColumns.Node> other = comparison.inTheWay(parent, name);
        if (other.isPresent()) {
            return Optional.of(Finding.told(new SchemaChange.Incompatible(path, why(name, other.get()))));
        }
        ColumnPath.Place place = comparison.places().get(path);
        if (place == null) {
            throw new IllegalStateException("our bug: nothing stands at " + path);
        }
        Column column = new Column(name, comparison.namedType(path, place.type()), place.nullability());
        TableEdit edit = new TableEdit.AddColumn(parent, Column.optional(name, column.type()));
        return Optional.of(
                comparison.isGoneLater(track)
                        ? new Finding(
                                new SchemaChange.DropColumn(path, place.type()),
                                Map.of(Decision.KEEP_NULLABLE, List.of(edit)))
                        : Finding.applied(new SchemaChange.AddColumn(path, column), edit));
    }

    private static String why(String name, TableColumns.Node other) {
        return other.step().equals(name)
                ? "the table has a `" + name + "` of another field already"
                : "the table has `" + other.step() + "`, which differs only in case, and most engines can't tell them"
                        + " apart";
    }
}
