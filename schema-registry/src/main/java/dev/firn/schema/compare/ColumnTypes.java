package dev.firn.schema.compare;

import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The type of the column that holds a single Avro type. */
final class ColumnTypes {

    private static final String FIELD = "value";

    private ColumnTypes() {}

    /** Empty where no column does. */
    static Optional<ColumnType> of(Schema schema) {
        return of(schema, "", AvroRules.STRICT);
    }

    /** The same of what stands at a path. */
    static Optional<ColumnType> of(Schema schema, String path, AvroRules rules) {
        Schema.Field field = new Schema.Field(FIELD, schema);
        Schema record = Schema.createRecord("Value", null, "dev.firn.compared", false, List.of(field));
        return AvroColumns.of(record, rules.at(path, FIELD))
                .table()
                .map(table -> table.columns().get(0))
                .map(Column::type);
    }

    /** The same in a word or two, without the fields of structs. */
    static String word(ColumnType type) {
        if (type instanceof ColumnType.Struct) {
            return "struct";
        }
        if (type instanceof ColumnType.ListOf list) {
            return "list<" + word(list.element()) + ">";
        }
        return type instanceof ColumnType.MapOf map ? "map<string, " + word(map.value()) + ">" : type.toString();
    }
}
