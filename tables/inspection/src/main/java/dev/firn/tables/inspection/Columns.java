package dev.firn.tables.inspection;

import dev.firn.spi.inspection.TableDetails.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A schema's columns in the order in which they stand, nested ones behind those that they are in. */
final class Columns {

    private final List<Column> columns = new ArrayList<>();

    private Columns() {}

    static List<Column> of(Schema schema) {
        Columns all = new Columns();
        schema.columns().forEach(field -> all.add("", field));
        return all.columns;
    }

    private void add(String prefix, Types.NestedField field) {
        String path = prefix + field.name();
        String comment = field.doc();
        columns.add(new Column(
                field.fieldId(), path, name(field.type()), field.isRequired(), comment == null ? "" : comment));
        if (field.type().isNestedType()) {
            field.type().asNestedType().fields().forEach(below -> add(path + ".", below));
        }
    }

    /** What is nested has lines of its own. */
    private static String name(Type type) {
        return type.isPrimitiveType() ? type.toString() : type.typeId().name().toLowerCase(java.util.Locale.ROOT);
    }
}
