package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types as a dialect writes them; a record that is too long for a line has a line for each field. */
final class SqlTypes {

    private static final int LONGEST_LINE = 100;
    private static final int BYTE_BITS = 8;
    private static final int SHORT_BITS = 16;
    private static final int INT_BITS = 32;

    private final Dialect dialect;
    private final SqlNames names;

    /** Each name is told once, though a type is tried in one line first. */
    private final Map<String, String> fieldNames = new HashMap<>();

    SqlTypes(Dialect dialect, SqlNames names) {
        this.dialect = dialect;
        this.names = names;
    }

    /**
     * @param indent of the line that it stands in
     * @param column where in the line
     */
    String of(String path, Shape shape, String indent, int column) {
        String flat = flat(path, shape);
        return indent.length() + column + flat.length() <= LONGEST_LINE ? flat : broken(path, shape, indent);
    }

    private String flat(String path, Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            return open("STRUCT") + String.join(", ", fields(path, struct, "", true)) + close();
        }
        if (shape instanceof Shape.ListOf list) {
            return list(flat(path + "[]", list.item().shape()), list.item());
        }
        if (shape instanceof Shape.MapOf map) {
            return map(
                    flat(path + "{key}", map.key().shape()),
                    flat(path + "{}", map.value().shape()),
                    map.value());
        }
        return scalar(shape);
    }

    private String broken(String path, Shape shape, String indent) {
        if (shape instanceof Shape.Struct struct) {
            String inner = indent + "  ";
            return open("STRUCT") + "\n" + inner + String.join(",\n" + inner, fields(path, struct, inner, false)) + "\n"
                    + indent + close();
        }
        if (shape instanceof Shape.ListOf list) {
            return list(broken(path + "[]", list.item().shape(), indent), list.item());
        }
        if (shape instanceof Shape.MapOf map) {
            return map(
                    flat(path + "{key}", map.key().shape()),
                    broken(path + "{}", map.value().shape(), indent),
                    map.value());
        }
        return scalar(shape);
    }

    private List<String> fields(String path, Shape.Struct struct, String indent, boolean inOneLine) {
        List<String> fields = new ArrayList<>();
        for (Field field : struct.fields()) {
            String place = Fitting.child(path, field.name());
            String name = fieldNames.computeIfAbsent(place, any -> names.of(place, field.name()));
            String begun = name + (dialect == Dialect.SPARK ? ": " : " ");
            StringBuilder written = new StringBuilder(begun);
            written.append(inOneLine ? flat(place, field.shape()) : of(place, field.shape(), indent, begun.length()));
            if (!field.isOptional() && dialect != Dialect.TRINO) {
                written.append(" NOT NULL");
            }
            field.remarks().doc().ifPresent(doc -> written.append(dialect == Dialect.SPARK ? " COMMENT " : " ")
                    .append(names.text(doc)));
            fields.add(written.toString());
        }
        return fields;
    }

    private String open(String spark) {
        return switch (dialect) {
            case SPARK -> spark + "<";
            case FLINK -> "ROW<";
            case TRINO, POSTGRES -> "ROW(";
        };
    }

    private String close() {
        return dialect == Dialect.TRINO ? ")" : ">";
    }

    private String list(String item, Value value) {
        return switch (dialect) {
            case SPARK, FLINK -> "ARRAY<" + item + notNull(value) + ">";
            case TRINO -> "ARRAY(" + item + ")";
            case POSTGRES -> item + "[]";
        };
    }

    private String map(String key, String item, Value value) {
        return dialect == Dialect.TRINO
                ? "MAP(" + key + ", " + item + ")"
                : "MAP<" + key + ", " + item + notNull(value) + ">";
    }

    private String notNull(Value value) {
        return dialect == Dialect.FLINK && !value.isOptional() ? " NOT NULL" : "";
    }

    private String scalar(Shape shape) {
        boolean postgres = dialect == Dialect.POSTGRES;
        if (shape instanceof Plain plain) {
            return plain(plain);
        }
        if (shape instanceof Whole whole) {
            return whole(whole.bits());
        }
        if (shape instanceof Shape.Decimal decimal) {
            return (postgres ? "numeric(" : "DECIMAL(") + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (shape instanceof Shape.Fixed fixed) {
            return "BINARY(" + fixed.length() + ")";
        }
        if (shape instanceof Shape.Time time) {
            return (postgres ? "time(" : "TIME(") + time.unit().digits() + ")";
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return timestamp(timestamp.unit(), timestamp.zone() == Zone.INSTANT);
        }
        if (shape instanceof Shape.Symbols) {
            return "text";
        }
        throw new IllegalStateException("our bug: a shape that does not fit into SQL: " + shape);
    }

    private String timestamp(TimeUnit unit, boolean instant) {
        int digits = unit.digits();
        return switch (dialect) {
            case SPARK -> instant ? "TIMESTAMP" : "TIMESTAMP_NTZ";
            case TRINO -> "TIMESTAMP(" + digits + ")" + (instant ? " WITH TIME ZONE" : "");
            case FLINK -> (instant ? "TIMESTAMP_LTZ(" : "TIMESTAMP(") + digits + ")";
            case POSTGRES -> (instant ? "timestamptz(" : "timestamp(") + digits + ")";
        };
    }

    private String whole(int bits) {
        boolean postgres = dialect == Dialect.POSTGRES;
        return switch (bits) {
            case BYTE_BITS -> "TINYINT";
            case SHORT_BITS -> postgres ? "smallint" : "SMALLINT";
            case INT_BITS -> postgres ? "integer" : dialect == Dialect.TRINO ? "INTEGER" : "INT";
            default -> postgres ? "bigint" : "BIGINT";
        };
    }

    private String plain(Plain plain) {
        return switch (dialect) {
            case SPARK, FLINK -> switch (plain) {
                case BYTES -> dialect == Dialect.SPARK ? "BINARY" : "BYTES";
                default -> plain.name();
            };
            case TRINO -> switch (plain) {
                case STRING -> "VARCHAR";
                case BYTES -> "VARBINARY";
                case FLOAT -> "REAL";
                default -> plain.name();
            };
            case POSTGRES -> switch (plain) {
                case BOOLEAN -> "boolean";
                case FLOAT -> "real";
                case DOUBLE -> "double precision";
                case STRING -> "text";
                case BYTES -> "bytea";
                case DATE -> "date";
                case UUID -> "uuid";
                case JSON -> "jsonb";
                case DURATION -> "interval";
            };
        };
    }
}
