package dev.firn.connector.iceberg;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Columns in Firn's words and in Iceberg's. */
final class IcebergTypes {

    private int lastId;

    private IcebergTypes() {}

    /** A schema for a new table; field ids count up in the order of the columns. */
    static Schema schema(TableSchema schema) {
        return new Schema(new IcebergTypes().fields(schema.columns()));
    }

    /** The type of a column that is added; its ids are provisional. */
    static Type typeOf(ColumnType type) {
        return new IcebergTypes().type(type);
    }

    /** The columns of a table that exists; a type that Firn can't write is the user's to know. */
    static TableSchema columns(String table, Schema schema) {
        return new TableSchema(columns(table, "", schema.columns()));
    }

    private List<Types.NestedField> fields(List<Column> columns) {
        List<Integer> ids = columns.stream().map(column -> ++lastId).toList();
        List<Types.NestedField> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            fields.add(Types.NestedField.of(ids.get(i), column.isOptional(), column.name(), type(column.type())));
        }
        return fields;
    }

    private Type type(ColumnType type) {
        if (type instanceof ColumnType.Primitive primitive) {
            return primitive(primitive);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return Types.DecimalType.of(decimal.precision(), decimal.scale());
        }
        if (type instanceof ColumnType.Fixed fixed) {
            return Types.FixedType.ofLength(fixed.length());
        }
        if (type instanceof ColumnType.Struct struct) {
            return Types.StructType.of(fields(struct.columns()));
        }
        if (type instanceof ColumnType.ListOf list) {
            int element = ++lastId;
            return list.elements() == Nullability.OPTIONAL
                    ? Types.ListType.ofOptional(element, type(list.element()))
                    : Types.ListType.ofRequired(element, type(list.element()));
        }
        ColumnType.MapOf map = (ColumnType.MapOf) type;
        int key = ++lastId;
        int value = ++lastId;
        return map.values() == Nullability.OPTIONAL
                ? Types.MapType.ofOptional(key, value, Types.StringType.get(), type(map.value()))
                : Types.MapType.ofRequired(key, value, Types.StringType.get(), type(map.value()));
    }

    private static Type primitive(ColumnType.Primitive primitive) {
        return switch (primitive) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case STRING -> Types.StringType.get();
            case BINARY -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMPTZ -> Types.TimestampType.withZone();
            case UUID -> Types.UUIDType.get();
        };
    }

    private static List<Column> columns(String table, String path, List<Types.NestedField> fields) {
        return fields.stream()
                .map(field -> new Column(
                        field.name(),
                        columnType(table, path + field.name(), field.type()),
                        nullability(field.isOptional())))
                .toList();
    }

    private static ColumnType columnType(String table, String path, Type type) {
        switch (type.typeId()) {
            case DECIMAL:
                Types.DecimalType decimal = (Types.DecimalType) type;
                return new ColumnType.Decimal(decimal.precision(), decimal.scale());
            case FIXED:
                return new ColumnType.Fixed(((Types.FixedType) type).length());
            case TIMESTAMP:
                return ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? ColumnType.Primitive.TIMESTAMPTZ
                        : ColumnType.Primitive.TIMESTAMP;
            case STRUCT:
                return new ColumnType.Struct(
                        columns(table, path + ".", type.asStructType().fields()));
            case LIST:
                Types.ListType list = type.asListType();
                return new ColumnType.ListOf(
                        columnType(table, path + ".element", list.elementType()),
                        nullability(list.isElementOptional()));
            case MAP:
                Types.MapType map = type.asMapType();
                if (map.keyType().typeId() != Type.TypeID.STRING) {
                    throw unknown(table, path, type);
                }
                return new ColumnType.MapOf(
                        columnType(table, path + ".value", map.valueType()), nullability(map.isValueOptional()));
            default:
                return plain(table, path, type);
        }
    }

    private static ColumnType plain(String table, String path, Type type) {
        String word = type.typeId() == Type.TypeID.INTEGER
                ? "INT"
                : type.typeId().name().toUpperCase(Locale.ROOT);
        try {
            return ColumnType.Primitive.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw unknown(table, path, type);
        }
    }

    private static OutsideException unknown(String table, String path, Type type) {
        return new OutsideException(
                "table `" + table + "` has a column that Firn can't write: `" + path + "` is a `" + type + "`");
    }

    private static Nullability nullability(boolean optional) {
        return optional ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }
}
