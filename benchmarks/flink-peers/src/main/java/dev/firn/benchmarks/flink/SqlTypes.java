package dev.firn.benchmarks.flink;

import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro's types in the words of Flink SQL, {@code NOT NULL} where a value is always there. */
final class SqlTypes {

    private SqlTypes() {}

    /** A record's fields as columns, or as what a row consists of. */
    static String fields(Schema record) {
        return record.getFields().stream()
                .map(field -> quoted(field.name()) + " " + of(field.schema()))
                .collect(Collectors.joining(", "));
    }

    static String of(Schema schema) {
        return schema.isUnion() ? present(Optionals.present(schema)) : present(schema) + " NOT NULL";
    }

    static String quoted(String name) {
        return "`" + name + "`";
    }

    private static String present(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> "ROW<" + fields(schema) + ">";
            case ARRAY -> "ARRAY<" + of(schema.getElementType()) + ">";
            case MAP -> "MAP<STRING NOT NULL, " + of(schema.getValueType()) + ">";
            case STRING -> "STRING";
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")"
                    : "BYTES";
            case INT -> schema.getLogicalType() instanceof LogicalTypes.Date ? "DATE" : "INT";
                // The format knows no points in time but those without a zone.
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? "TIMESTAMP(3)" : "BIGINT";
            case BOOLEAN -> "BOOLEAN";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case UNION, NULL, ENUM, FIXED -> throw new IllegalArgumentException("no type in SQL for " + schema);
        };
    }
}
