package dev.firn.quality.expression;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;

/** The types that a cast names, in the words of Flink SQL and of Firn. */
final class TypeNames {

    /** @param length of a {@code varchar} */
    record Named(ColumnType type, OptionalInt length) {}

    private static final List<String> WORDS = List.of(
            "boolean",
            "int",
            "bigint",
            "float",
            "double",
            "decimal",
            "string",
            "varchar",
            "bytes",
            "date",
            "time",
            "timestamp",
            "timestamp_ltz",
            "uuid");

    private static final Map<String, ColumnType> TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", Primitive.BOOLEAN),
            Map.entry("INT", Primitive.INT),
            Map.entry("INTEGER", Primitive.INT),
            Map.entry("BIGINT", Primitive.LONG),
            Map.entry("LONG", Primitive.LONG),
            Map.entry("FLOAT", Primitive.FLOAT),
            Map.entry("REAL", Primitive.FLOAT),
            Map.entry("DOUBLE", Primitive.DOUBLE),
            Map.entry("STRING", Primitive.STRING),
            Map.entry("VARCHAR", Primitive.STRING),
            Map.entry("BYTES", Primitive.BINARY),
            Map.entry("VARBINARY", Primitive.BINARY),
            Map.entry("DATE", Primitive.DATE),
            Map.entry("TIME", Primitive.TIME),
            Map.entry("TIMESTAMP", Primitive.TIMESTAMP),
            Map.entry("TIMESTAMP_LTZ", Primitive.TIMESTAMPTZ),
            Map.entry("TIMESTAMPTZ", Primitive.TIMESTAMPTZ),
            Map.entry("TIMESTAMP_WITH_LOCAL_TIME_ZONE", Primitive.TIMESTAMPTZ),
            Map.entry("UUID", Primitive.UUID));

    private TypeNames() {}

    static Named of(SqlDataTypeSpec spec, Place place) throws Syntax.Wrong {
        String word = String.join(".", spec.getTypeName().names).toUpperCase(Locale.ROOT);
        int precision = -1;
        int scale = -1;
        if (spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) {
            precision = basic.getPrecision();
            scale = basic.getScale();
        }
        if (word.equals("DECIMAL") || word.equals("NUMERIC")) {
            return new Named(decimal(precision < 0 ? 10 : precision, Math.max(0, scale), place), OptionalInt.empty());
        }
        ColumnType type = TYPES.get(word);
        if (type == null) {
            throw new Syntax.Wrong(unknown(word, place));
        }
        boolean clock = type == Primitive.TIME || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
        if (clock && precision >= 0 && precision != 6) {
            throw new Syntax.Wrong(Problem.at(place, "times are in microseconds, so `(" + precision + ")` is not known")
                    .fixedBy("leave it out"));
        }
        if (precision >= 0 && type == Primitive.BINARY) {
            throw new Syntax.Wrong(
                    Problem.at(place, "bytes are of any length here").fixedBy("write `bytes`"));
        }
        boolean text = type == Primitive.STRING && precision >= 0;
        return new Named(type, text ? OptionalInt.of(precision) : OptionalInt.empty());
    }

    private static ColumnType decimal(int precision, int scale, Place place) throws Syntax.Wrong {
        if (precision < 1 || precision > 38 || scale > precision) {
            throw new Syntax.Wrong(Problem.at(place, "there is no type `decimal(" + precision + ", " + scale + ")`")
                    .expecting("1 to 38 digits in all, and no more than these behind the point"));
        }
        return new ColumnType.Decimal(precision, scale);
    }

    private static Problem unknown(String word, Place place) {
        String lower = word.toLowerCase(Locale.ROOT);
        Problem problem =
                Problem.at(place, "there is no type `" + lower + "` to cast to").expecting(Suggestion.oneOf(WORDS));
        if (lower.equals("tinyint") || lower.equals("smallint")) {
            return problem.fixedBy("write `int`");
        }
        if (lower.equals("char")) {
            return problem.fixedBy("write `varchar(n)`");
        }
        return Suggestion.nearest(lower, WORDS)
                .map(near -> problem.fixedBy("write `" + near + "`"))
                .orElse(problem);
    }
}
