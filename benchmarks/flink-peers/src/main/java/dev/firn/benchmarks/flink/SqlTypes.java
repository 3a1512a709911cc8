package dev.firn.benchmarks.flink;

import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro's types in the words of Flink SQL, {@code NOT NULL} where a value is always there. */
enum SqlTypes {
    /** As the format gives them: it knows no points in time but those without a zone. */
    READ("TIMESTAMP(3)"),
    /** As the lake's tables have them. */
    WRITTEN("TIMESTAMP_LTZ(6)");

    private final String timestamp;

    SqlTypes(String timestamp) {
        this.timestamp = timestamp;
    }

    /** A record's fields as columns, or as what a row consists of. */
    String fields(Schema record) {
        return record.getFields().stream()
                .map(field -> quoted(field.name()) + " " + of(field.schema()))
                .collect(Collectors.joining(", "));
    }

    String of(Schema schema) {
        return schema.isUnion() ? type(schema) : type(schema) + " NOT NULL";
    }

    static String quoted(String name) {
        return "`" + name + "`";
    }

    /** Without a word on whether a value is always there. */
    String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> type(Optionals.present(schema));
            case RECORD -> "ROW<" + fields(schema) + ">";
            case ARRAY -> "ARRAY<" + of(schema.getElementType()) + ">";
            case MAP -> "MAP<STRING NOT NULL, " + of(schema.getValueType()) + ">";
            case STRING -> "STRING";
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")"
                    : "BYTES";
            case INT -> schema.getLogicalType() instanceof LogicalTypes.Date ? "DATE" : "INT";
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? timestamp : "BIGINT";
            case BOOLEAN -> "BOOLEAN";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case NULL, ENUM, FIXED -> throw new IllegalArgumentException("no type in SQL for " + schema);
        };
    }
}
