package dev.firn.quality.validation;

import dev.firn.quality.expression.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the columns of a condition come from, for the records of one writer's schema. */
record Origins(WriterView view) {

    /** What a record has for a column. */
    enum Origin {
        /** The table has the column, and the writer fills it. */
        FILLED,
        /** The table has it, the writer does not. */
        LACKING,
        /** The table does not have it. */
        NOT_IN_TABLE
    }

    Origin of(ColumnPath path) {
        List<Column> table = view.table().columns();
        List<Column> seen = view.columns().columns();
        for (String name : path.names()) {
            int place = table.stream().map(Column::name).toList().indexOf(name);
            if (place < 0) {
                return Origin.NOT_IN_TABLE;
            }
            if (WriterView.isLacking(seen.get(place).name())) {
                return Origin.LACKING;
            }
            table = fields(table.get(place).type());
            seen = fields(seen.get(place).type());
        }
        return Origin.FILLED;
    }

    private static List<Column> fields(ColumnType type) {
        return type instanceof ColumnType.Struct struct ? struct.columns() : List.of();
    }

    /** Whether the writer has a field of that name, which the table takes into another column, or into none. */
    boolean isWritten(String column) {
        return view.leftOut().contains(column) || view.columns().column(column).isPresent();
    }

    /**
     * Whether null is what records of a version say in a column that they do not have: it came later, and was not there before under this
     * or another name. Where somebody has renamed the table's column nobody's version has its name; then no record may have lost any.
     */
    static boolean isYetToCome(ColumnPath path, Origin origin, SchemaLineage lineage) {
        Set<String> own = new HashSet<>(lineage.schema().fields());
        boolean later = false;
        for (int version = 0; version < lineage.versions().size(); version++) {
            WriterSchema other = lineage.versions().get(version);
            boolean has = other.fields().contains(path.toString());
            if (has && version < lineage.own()) {
                return false;
            }
            if (has && version > lineage.own()) {
                if (other.formerNames().getOrDefault(path.toString(), List.of()).stream()
                        .anyMatch(own::contains)) {
                    return false;
                }
                later = true;
            }
        }
        return later || (origin == Origin.LACKING && !hasLost(lineage, own));
    }

    private static boolean hasLost(SchemaLineage lineage, Set<String> own) {
        Set<String> former = new HashSet<>();
        lineage.schema().formerNames().values().forEach(former::addAll);
        return lineage.versions().subList(0, lineage.own()).stream()
                .flatMap(version -> version.fields().stream())
                .anyMatch(field -> !own.contains(field) && !former.contains(field));
    }
}
