package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table as a sink would have it: takes edits as strictly as a catalog, gives ids, and keeps bindings. */
final class EditedTable {

    static final TableName NAME = new TableName("sales.orders");

    /** A column, a list's elements or a map's values. */
    private static final class Place {
        private final int id;
        private String step;
        private ColumnType type;
        private boolean optional;
        private final List<Place> inside = new ArrayList<>();

        private Place(int id, String step, ColumnType type, boolean optional) {
            this.id = id;
            this.step = step;
            this.type = type;
            this.optional = optional;
        }
    }

    private final Place table = new Place(TableEdit.TABLE, "", new ColumnType.Struct(List.of()), false);
    private final Map<String, SchemaBinding> bindings = new TreeMap<>();
    private int lastId;

    /** A table that was made of a schema, and knows it. */
    static EditedTable madeOf(WriterSchema schema) {
        EditedTable made = unknown(schema);
        SortedMap<String, String> same = new TreeMap<>();
        ColumnPath.places(schema.columns()).keySet().forEach(path -> same.put(path, path));
        made.bind(schema, same);
        return made;
    }

    /** A table of those columns that somebody else has made. */
    static EditedTable unknown(WriterSchema schema) {
        EditedTable made = new EditedTable();
        schema.columns().columns().forEach(column -> made.add(made.table, column));
        return made;
    }

    TableState state() {
        return new TableState(new TableSchema(columns(table)), ids(), bindings);
    }

    Verdict judge(EvolutionPolicy policy, SchemaLineage lineage) {
        return new PolicyEvolution(name -> policy).judge(NAME, state(), lineage);
    }

    /** Rows of a schema come: what a sink does about it. */
    Verdict meet(EvolutionPolicy policy, SchemaLineage lineage) {
        Verdict verdict = judge(policy, lineage);
        if (verdict instanceof Verdict.Accepted accepted) {
            accepted.edits().forEach(this::edit);
            assertNamesDiffer(table);
            bind(lineage.schema(), accepted.columns());
        }
        return verdict;
    }

    SchemaBinding binding(WriterSchema schema) {
        return Optional.ofNullable(bindings.get(schema.fingerprint()))
                .orElseThrow(() -> new AssertionError("no rows of `" + schema.fingerprint() + "` are written"));
    }

    int id(String path) {
        return Optional.ofNullable(ids().get(path))
                .orElseThrow(() -> new AssertionError("the table has no `" + path + "`: " + ids()));
    }

    void edit(TableEdit edit) {
        if (edit instanceof TableEdit.AddColumn add) {
            Place parent = place(add.parent());
            assertThat(add.column().isOptional()).isTrue();
            assertFree(parent, add.column().name());
            add(parent, add.column());
        } else if (edit instanceof TableEdit.RenameColumn rename) {
            place(rename.id()).step = rename.to();
        } else if (edit instanceof TableEdit.WidenType widen) {
            Place place = place(widen.id());
            assertThat(Widening.isPromotion(place.type, widen.to())).isTrue();
            place.type = widen.to();
        } else if (edit instanceof TableEdit.MakeOptional optional) {
            assertThat(place(optional.id()).optional).isFalse();
            place(optional.id()).optional = true;
        } else if (edit instanceof TableEdit.DropColumn drop) {
            Optional.ofNullable(parent(table, drop.id()))
                    .orElseThrow(() -> new AssertionError("no column " + drop.id()))
                    .inside
                    .removeIf(place -> place.id == drop.id());
        }
    }

    private void bind(WriterSchema schema, SortedMap<String, String> columns) {
        TreeMap<String, Integer> bound = new TreeMap<>();
        columns.forEach((path, target) -> bound.put(path, id(target)));
        assertThat(new HashSet<>(bound.values()))
                .as("no two fields go to one column: %s", bound)
                .hasSameSizeAs(bound.keySet());
        bindings.put(schema.fingerprint(), new SchemaBinding(bound));
    }

    private static void assertNamesDiffer(Place in) {
        assertThat(in.inside).extracting(place -> place.step).doesNotHaveDuplicates();
        in.inside.forEach(EditedTable::assertNamesDiffer);
    }

    private static void assertFree(Place parent, String name) {
        assertThat(parent.inside).as("`%s` is free", name).noneMatch(place -> place.step.equals(name));
    }

    private void add(Place parent, Column column) {
        add(parent, column.name(), column.type(), column.isOptional());
    }

    private void add(Place parent, String step, ColumnType type, boolean optional) {
        Place place = new Place(++lastId, step, type, optional);
        parent.inside.add(place);
        if (type instanceof ColumnType.Struct struct) {
            struct.columns().forEach(column -> add(place, column));
        } else if (type instanceof ColumnType.ListOf list) {
            add(place, "[]", list.element(), list.elements() == Nullability.OPTIONAL);
        } else if (type instanceof ColumnType.MapOf map) {
            add(place, "{}", map.value(), map.values() == Nullability.OPTIONAL);
        }
    }

    private Place place(int id) {
        return Optional.ofNullable(id == TableEdit.TABLE ? table : find(table, id))
                .orElseThrow(() -> new AssertionError("no column " + id));
    }

    private static @Nullable Place find(Place in, int id) {
        for (Place place : in.inside) {
            Place found = place.id == id ? place : find(place, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Place parent(Place in, int id) {
        for (Place place : in.inside) {
            Place found = place.id == id ? in : parent(place, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<Column> columns(Place struct) {
        return struct.inside.stream()
                .map(place -> new Column(place.step, type(place), nullability(place)))
                .toList();
    }

    private static ColumnType type(Place place) {
        if (place.type instanceof ColumnType.Struct) {
            return new ColumnType.Struct(columns(place));
        }
        if (place.type instanceof ColumnType.ListOf) {
            Place element = place.inside.get(0);
            return new ColumnType.ListOf(type(element), nullability(element));
        }
        if (place.type instanceof ColumnType.MapOf) {
            Place value = place.inside.get(0);
            return new ColumnType.MapOf(type(value), nullability(value));
        }
        return place.type;
    }

    private static Nullability nullability(Place place) {
        return place.optional ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }

    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new TreeMap<>();
        addIds(ids, "", table);
        return ids;
    }

    private static void addIds(Map<String, Integer> ids, String path, Place in) {
        for (Place place : in.inside) {
            String here = place.step.equals("[]") || place.step.equals("{}")
                    ? path + place.step
                    : ColumnPath.child(path, place.step);
            ids.put(here, place.id);
            addIds(ids, here, place);
        }
    }
}
