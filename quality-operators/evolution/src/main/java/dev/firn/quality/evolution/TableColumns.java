package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table's columns and all places in them by their ids. */
final class TableColumns {

    /**
     * A column, a list's elements or a map's values.
     *
     * @param parent the id of the place that it is in; {@link TableEdit#TABLE} for a column of the table
     * @param step its name, or the step into a list or a map
     */
    record Node(int id, int parent, String step, String path, ColumnType type, Nullability nullability) {

        boolean isRequired() {
            return nullability == Nullability.REQUIRED;
        }

        boolean isNamed() {
            return !step.equals(Tracks.ELEMENT) && !step.equals(Tracks.VALUE);
        }
    }

    private final TableState state;
    private final Map<Integer, Node> nodes = new LinkedHashMap<>();
    private final Map<Integer, List<Node>> children = new LinkedHashMap<>();

    private TableColumns(TableState state) {
        this.state = state;
    }

    static TableColumns of(TableState state) {
        TableColumns columns = new TableColumns(state);
        columns.addAll(TableEdit.TABLE, "", state.columns().columns());
        return columns;
    }

    /** Every place, each behind the one that it is in. */
    Iterable<Node> all() {
        return nodes.values();
    }

    Optional<Node> node(int id) {
        return Optional.ofNullable(nodes.get(id));
    }

    List<Node> children(int parent) {
        return children.getOrDefault(parent, List.of());
    }

    Optional<Node> child(int parent, String step) {
        return children(parent).stream()
                .filter(node -> node.step().equals(step))
                .findFirst();
    }

    private void addAll(int parent, String path, List<Column> columns) {
        for (Column column : columns) {
            add(parent, column.name(), ColumnPath.child(path, column.name()), column.type(), column.nullability());
        }
    }

    private void add(int parent, String step, String path, ColumnType type, Nullability nullability) {
        Integer id = state.ids().get(path);
        if (id == null) {
            throw new IllegalStateException("our bug: `" + path + "` has no id");
        }
        Node node = new Node(id, parent, step, path, type, nullability);
        nodes.put(id, node);
        children.computeIfAbsent(parent, missing -> new ArrayList<>()).add(node);
        if (type instanceof ColumnType.Struct struct) {
            addAll(id, path, struct.columns());
        } else if (type instanceof ColumnType.ListOf list) {
            add(id, Tracks.ELEMENT, ColumnPath.element(path), list.element(), list.elements());
        } else if (type instanceof ColumnType.MapOf map) {
            add(id, Tracks.VALUE, ColumnPath.value(path), map.value(), map.values());
        }
    }
}
