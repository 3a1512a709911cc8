package dev.firn.benchmarks.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Columns for the types that workloads have, written apart from Firn's own mapping: tables of the others are made with it,
 * so a difference shows.
 */
final class AvroColumns {

    private int lastId;

    private AvroColumns() {}

    static org.apache.iceberg.Schema of(Schema schema, Iterable<String> key) {
        List<Types.NestedField> fields = new AvroColumns().fields(schema);
        org.apache.iceberg.Schema columns = new org.apache.iceberg.Schema(fields);
        Set<Integer> ids = new TreeSet<>();
        key.forEach(name -> ids.add(columns.findField(name).fieldId()));
        return new org.apache.iceberg.Schema(fields, ids);
    }

    /** Names and types without their ids, which others may give out in another order. */
    static String described(org.apache.iceberg.Schema schema) {
        return schema.columns().stream()
                .map(column -> column.toString().replaceAll("\\b\\d+: ", ""))
                .collect(Collectors.joining(", "));
    }

    private List<Types.NestedField> fields(Schema record) {
        List<Integer> ids = record.getFields().stream().map(field -> ++lastId).toList();
        List<Types.NestedField> fields = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            boolean optional = field.schema().isUnion();
            fields.add(
                    Types.NestedField.of(ids.get(field.pos()), optional, field.name(), type(present(field.schema()))));
        }
        return fields;
    }

    private static Schema present(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(1) : schema;
    }

    private Type type(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> schema.getLogicalType() == null ? Types.IntegerType.get() : Types.DateType.get();
            case LONG -> schema.getLogicalType() == null ? Types.LongType.get() : Types.TimestampType.withZone();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case STRING -> Types.StringType.get();
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? Types.DecimalType.of(decimal.getPrecision(), decimal.getScale())
                    : Types.BinaryType.get();
            case RECORD -> Types.StructType.of(fields(schema));
            case ARRAY -> {
                int id = ++lastId;
                yield Types.ListType.ofRequired(id, type(schema.getElementType()));
            }
            case MAP -> {
                int key = ++lastId;
                int value = ++lastId;
                yield Types.MapType.ofRequired(key, value, Types.StringType.get(), type(schema.getValueType()));
            }
            case ENUM, FIXED, NULL, UNION -> throw new IllegalArgumentException(
                    "no workload has a type " + schema.getType());
        };
    }
}
