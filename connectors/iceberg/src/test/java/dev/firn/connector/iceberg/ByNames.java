package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows a schema by the names of its fields and their former ones, as far as its decisions allow. */
final class ByNames implements SchemaEvolution {

    private static final long serialVersionUID = 1L;

    private final EnumMap<ChangeKind, Decision> decisions;

    /** How often it was asked. */
    int judged;

    private ByNames(Map<ChangeKind, Decision> decisions) {
        this.decisions = new EnumMap<>(ChangeKind.class);
        this.decisions.putAll(decisions);
    }

    static ByNames applyingAll() {
        return new ByNames(Map.of());
    }

    static ByNames but(ChangeKind kind, Decision decision) {
        return new ByNames(Map.of(kind, decision));
    }

    @Override
    public synchronized Verdict judge(TableName table, TableState now, SchemaLineage lineage) {
        judged++;
        Judging judging = new Judging(now, lineage.schema());
        judging.struct(
                new Place("", "", ""),
                TableEdit.TABLE,
                lineage.schema().columns().columns(),
                now.columns().columns());
        Optional<Decision> refusal = judging.decided.stream()
                .map(Decided::decision)
                .filter(decision -> decision.compareTo(Decision.QUARANTINE) >= 0)
                .max(Decision::compareTo);
        return refusal.isPresent()
                ? new Verdict.Refused(refusal.get(), judging.decided)
                : new Verdict.Accepted(judging.edits, judging.columns, judging.decided);
    }

    /**
     * Of one thing the paths in the writer's schema, in the table as it is, and in the table when all edits are made.
     */
    private record Place(String written, String now, String then) {

        Place child(String written, String now) {
            return new Place(
                    ColumnPath.child(this.written, written),
                    ColumnPath.child(this.now, now),
                    ColumnPath.child(then, written));
        }

        Place element() {
            return new Place(ColumnPath.element(written), ColumnPath.element(now), ColumnPath.element(then));
        }

        Place value() {
            return new Place(ColumnPath.value(written), ColumnPath.value(now), ColumnPath.value(then));
        }
    }

    private final class Judging {

        private final TableState now;
        private final WriterSchema writer;
        private final List<TableEdit> edits = new ArrayList<>();
        private final TreeMap<String, String> columns = new TreeMap<>();
        private final List<Decided> decided = new ArrayList<>();

        private Judging(TableState now, WriterSchema writer) {
            this.now = now;
            this.writer = writer;
        }

        private void struct(Place at, int id, List<Column> fields, List<Column> struct) {
            for (Column field : fields) {
                String written = ColumnPath.child(at.written(), field.name());
                Optional<Column> column = column(struct, field.name())
                        .filter(found -> !isRenamed(id(ColumnPath.child(at.now(), found.name()))))
                        .or(() -> former(written, struct));
                if (column.isEmpty()) {
                    add(at.child(field.name(), field.name()), id, field);
                } else {
                    there(at.child(field.name(), column.get().name()), field, column.get());
                }
            }
            for (Column column : struct) {
                int other = id(ColumnPath.child(at.now(), column.name()));
                if (!column.isOptional() && column(fields, column.name()).isEmpty() && !isRenamed(other)) {
                    edits.add(new TableEdit.MakeOptional(other));
                }
            }
        }

        private boolean isRenamed(int id) {
            return edits.stream().anyMatch(edit -> edit instanceof TableEdit.RenameColumn rename && rename.id() == id);
        }

        private Optional<Column> former(String written, List<Column> struct) {
            return writer.formerNames().getOrDefault(written, List.of()).stream()
                    .flatMap(name -> column(struct, name).stream())
                    .findFirst();
        }

        private void add(Place at, int parent, Column field) {
            Column optional = Column.optional(field.name(), field.type());
            if (decide(new SchemaChange.AddColumn(at.written(), optional)) == Decision.APPLY) {
                edits.add(new TableEdit.AddColumn(parent, optional));
                for (String place :
                        ColumnPath.places(new TableSchema(List.of(field))).keySet()) {
                    String inside = place.substring(field.name().length());
                    columns.put(at.written() + inside, at.then() + inside);
                }
            }
        }

        private void there(Place at, Column field, Column column) {
            int id = id(at.now());
            columns.put(at.written(), at.then());
            if (!column.name().equals(field.name())) {
                decide(new SchemaChange.RenameColumn(at.written(), column.name()));
                edits.add(new TableEdit.RenameColumn(id, field.name()));
            }
            if (field.isOptional() && !column.isOptional()) {
                decide(new SchemaChange.MakeOptional(at.written()));
                edits.add(new TableEdit.MakeOptional(id));
            }
            inside(at, id, field.type(), column.type());
        }

        private void inside(Place at, int id, ColumnType type, ColumnType column) {
            if (type instanceof ColumnType.Struct struct && column instanceof ColumnType.Struct there) {
                struct(at, id, struct.columns(), there.columns());
            } else if (type instanceof ColumnType.ListOf list && column instanceof ColumnType.ListOf there) {
                inside(at.element(), id(at.element().now()), list.element(), there.element());
            } else if (type instanceof ColumnType.MapOf map && column instanceof ColumnType.MapOf there) {
                inside(at.value(), id(at.value().now()), map.value(), there.value());
            } else if (Widening.isPromotion(column, type)) {
                decide(new SchemaChange.WidenType(at.written(), column, type));
                edits.add(new TableEdit.WidenType(id, type));
            } else if (!Widening.isLossless(type, column)) {
                SchemaChange narrow = new SchemaChange.NarrowType(at.written(), column, type);
                decided.add(new Decided(narrow, decisions.getOrDefault(narrow.kind(), Decision.QUARANTINE)));
            }
        }

        private Decision decide(SchemaChange change) {
            Decision decision = decisions.getOrDefault(change.kind(), Decision.APPLY);
            decided.add(new Decided(change, decision));
            return decision;
        }

        private int id(String path) {
            Integer id = now.ids().get(path);
            if (id == null) {
                throw new IllegalStateException("no " + path + " in " + now.ids());
            }
            return id;
        }

        private static Optional<Column> column(List<Column> columns, String name) {
            return columns.stream().filter(column -> column.name().equals(name)).findFirst();
        }
    }
}
