package dev.firn.schema.json;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.List;

/** What may stand in a place of a record, as far as columns know it. */
sealed interface JsonType {

    /** The type of the column that it becomes. */
    ColumnType column();

    /** As messages name it. */
    String word();

    /** Types without parts. */
    enum Scalar implements JsonType {
        BOOLEAN(Primitive.BOOLEAN, "boolean"),
        INTEGER(Primitive.LONG, "integer"),
        NUMBER(Primitive.DOUBLE, "number"),
        STRING(Primitive.STRING, "string"),
        DATE(Primitive.DATE, "date"),
        TIME(Primitive.TIME, "time"),
        DATE_TIME(Primitive.TIMESTAMPTZ, "date-time"),
        UUID(Primitive.UUID, "uuid"),
        /** Whatever it is, as a text of JSON. */
        ANYTHING(Primitive.STRING, "anything");

        private final Primitive column;
        private final String word;

        Scalar(Primitive column, String word) {
            this.column = column;
            this.word = word;
        }

        @Override
        public ColumnType column() {
            return column;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A number of so many digits behind the point at most. */
    record Decimal(int scale) implements JsonType {

        private static final int MOST_DIGITS = 38;

        @Override
        public ColumnType column() {
            return new ColumnType.Decimal(MOST_DIGITS, scale);
        }

        @Override
        public String word() {
            return "number";
        }
    }

    /** Items of one type. */
    record Items(JsonType item, Nullability nullability) implements JsonType {
        @Override
        public ColumnType column() {
            return new ColumnType.ListOf(item.column(), nullability);
        }

        @Override
        public String word() {
            return "array";
        }
    }

    /** Values of one type under whatever names. */
    record Values(JsonType value, Nullability nullability) implements JsonType {
        @Override
        public ColumnType column() {
            return new ColumnType.MapOf(value.column(), nullability);
        }

        @Override
        public String word() {
            return "object";
        }
    }

    /** Named fields. */
    record Fields(List<Field> fields, Others others) implements JsonType {

        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public ColumnType.Struct column() {
            return new ColumnType.Struct(fields.stream()
                    .map(field -> new Column(field.name(), field.type().column(), field.nullability()))
                    .toList());
        }

        @Override
        public String word() {
            return "object";
        }
    }

    /** A field of an object; optional where it may be missing, or null. */
    record Field(String name, JsonType type, Nullability nullability) {}

    /** Fields that a schema does not name. */
    enum Others {
        ALLOWED,
        FORBIDDEN
    }
}
