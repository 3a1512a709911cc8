package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a column. Behind each stands the Java type of its values, the one that Iceberg's generic records use:
 * boolean {@code Boolean}; int {@code Integer}; long {@code Long}; float {@code Float}; double {@code Double};
 * string {@code String}; binary {@code ByteBuffer}; date {@code LocalDate}; time {@code LocalTime} (microseconds);
 * timestamp {@code LocalDateTime} (microseconds); timestamptz {@code OffsetDateTime} in UTC (microseconds);
 * uuid {@code UUID}; decimal {@code BigDecimal} of exactly its scale; fixed {@code byte[]}; struct what the
 * {@link dev.firn.spi.format.StructFactory} makes; list {@code List}; map {@code Map} with {@code String} keys.
 */
public sealed interface ColumnType extends Serializable {

    /** The types without a parameter. */
    enum Primitive implements ColumnType {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        STRING,
        BINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMPTZ,
        UUID;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** An exact number; {@code precision} digits in all (1 to 38), {@code scale} of them behind the point. */
    record Decimal(int precision, int scale) implements ColumnType {
        @Override
        public String toString() {
            return "decimal(" + precision + ", " + scale + ")";
        }
    }

    /** Exactly {@code length} bytes. */
    record Fixed(int length) implements ColumnType {
        @Override
        public String toString() {
            return "fixed(" + length + ")";
        }
    }

    /** Named fields. */
    record Struct(List<Column> columns) implements ColumnType {
        public Struct {
            columns = List.copyOf(columns);
        }

        @Override
        public String toString() {
            return columns.stream()
                    .map(column -> column.name() + ": " + column.type())
                    .collect(Collectors.joining(", ", "struct<", ">"));
        }
    }

    /** Values of one type in order. */
    record ListOf(ColumnType element, Nullability elements) implements ColumnType {
        @Override
        public String toString() {
            return "list<" + element + ">";
        }
    }

    /** Values of one type by a string key. */
    record MapOf(ColumnType value, Nullability values) implements ColumnType {
        @Override
        public String toString() {
            return "map<string, " + value + ">";
        }
    }
}
