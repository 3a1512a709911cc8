package dev.firn.quality.validation;

import dev.firn.quality.expression.Expression;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The columns that a table gets of a record's.
 *
 * <pre>
 *   record    id   cust          status         internal_note
 *   table     id   customer_id   upper(status)                  amount_cents
 * </pre>
 *
 * @param targets in the record's order; what is computed besides comes behind it, in the file's, and tags come last
 */
public record ShapedColumns(List<Target> targets) {

    public ShapedColumns {
        targets = List.copyOf(targets);
    }

    /**
     * A column of the table.
     *
     * @param source the record's field, or the name in {@code set} of what is computed, or that of a tag
     * @param isComputed whether it is no field of the record
     */
    record Target(Column column, String source, boolean isComputed) {}

    /**
     * @param field of each name that the file has
     * @param computed the types of what is computed, by names in {@code set}; what is not there is left out
     */
    static ShapedColumns of(
            RowShape shape,
            TableSchema record,
            Function<String, Optional<String>> field,
            Map<String, ColumnType> computed) {
        Map<String, String> replaced = new LinkedHashMap<>();
        computed.keySet().forEach(name -> field.apply(name).ifPresent(old -> replaced.put(old, name)));
        Set<String> dropped = new HashSet<>();
        shape.drop().forEach(name -> field.apply(name).ifPresent(dropped::add));
        Map<String, String> renamed = new LinkedHashMap<>();
        shape.rename().forEach(one -> field.apply(one.from()).ifPresent(old -> renamed.put(old, one.to())));
        List<Target> targets = new ArrayList<>();
        for (Column column : record.columns()) {
            String name = column.name();
            String set = replaced.get(name);
            if (set != null) {
                targets.add(computed(shape, set, computed));
            } else if (!dropped.contains(name)) {
                Column named = new Column(renamed.getOrDefault(name, name), column.type(), column.nullability());
                targets.add(new Target(named, name, false));
            }
        }
        computed.keySet().stream()
                .filter(name -> !replaced.containsValue(name))
                .forEach(name -> targets.add(computed(shape, name, computed)));
        // The file gives their names away, so a field of one is a clash and not replaced.
        shape.tags().forEach(tag -> targets.add(new Target(tag, tag.name(), true)));
        return new ShapedColumns(targets);
    }

    private static Target computed(RowShape shape, String name, Map<String, ColumnType> types) {
        ColumnType type = Optional.ofNullable(types.get(name)).orElseThrow();
        return new Target(Column.optional(shape.nameInTable(name), type), name, true);
    }

    /** Those of records as they were planned. What can't be computed has no column; the plan says why. */
    public static ShapedColumns planned(RowShape shape, TableSchema record) {
        // Nothing is evaluated here.
        ExpressionCompiler compiler = new ExpressionCompiler(record, (struct, index) -> null);
        Map<String, ColumnType> computed = new LinkedHashMap<>();
        for (RowShape.Computed one : shape.set()) {
            compiler.compile(one.expression())
                    .value()
                    .map(Expression::type)
                    .filter(ShapedColumns::canBeComputed)
                    .ifPresent(type -> computed.put(one.column(), type));
        }
        return of(
                shape,
                record,
                name -> Optional.of(name).filter(there -> record.column(there).isPresent()),
                computed);
    }

    /** A struct is made by whoever writes rows, of what a record has in it; no expression makes one. */
    public static boolean canBeComputed(ColumnType type) {
        if (type instanceof ColumnType.ListOf list) {
            return canBeComputed(list.element());
        }
        if (type instanceof ColumnType.MapOf map) {
            return canBeComputed(map.value());
        }
        return !(type instanceof ColumnType.Struct);
    }

    public TableSchema schema() {
        return new TableSchema(targets.stream().map(Target::column).toList());
    }

    /** A name that two columns would have. */
    public Optional<String> clash() {
        Set<String> names = new HashSet<>();
        return targets.stream()
                .map(target -> target.column().name())
                .filter(name -> !names.add(name))
                .findFirst();
    }
}
