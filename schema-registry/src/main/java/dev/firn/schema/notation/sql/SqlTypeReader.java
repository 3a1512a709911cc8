package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Types as a dialect writes them. */
final class SqlTypeReader {

    private static final int DEEPEST = 100;
    private static final int MOST_DIGITS = 1000;
    private static final int DIGITS_OF_TRINO = 3;
    private static final int DIGITS_OF_OTHERS = 6;
    private static final Whole BYTE = new Whole(8, Sign.SIGNED);
    private static final Whole SHORT = new Whole(16, Sign.SIGNED);

    private final SqlTokens tokens;
    private final Dialect dialect;
    private final Losses losses;
    private int depth;

    SqlTypeReader(SqlTokens tokens, Dialect dialect, Losses losses) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.losses = losses;
    }

    Shape type(String path) throws NotReadable {
        depth++;
        if (depth > DEEPEST) {
            throw new NotReadable(tokens.peek().place() + ": types are nested more than " + DEEPEST + " deep here");
        }
        Shape shape = named(path);
        while (true) {
            if (tokens.takes("[")) {
                if (!tokens.peek().is("]")) {
                    tokens.number();
                    losses.lose(path, "the length of the list");
                }
                tokens.require("]");
            } else if (!(dialect == Dialect.POSTGRES && tokens.takes("ARRAY"))) {
                break;
            }
            shape = new Shape.ListOf(Value.optional(shape));
        }
        depth--;
        return shape;
    }

    private Shape named(String path) throws NotReadable {
        SqlToken word = tokens.peek();
        if (!word.isName()) {
            throw tokens.unexpected("a type");
        }
        tokens.take();
        switch (word.text().toUpperCase(Locale.ROOT)) {
            case "BOOLEAN", "BOOL":
                return Plain.BOOLEAN;
            case "TINYINT", "BYTE":
                return BYTE;
            case "SMALLINT", "SHORT", "INT2", "SMALLSERIAL":
                return SHORT;
            case "INT", "INTEGER", "INT4", "SERIAL":
                return Whole.INT;
            case "BIGINT", "LONG", "INT8", "BIGSERIAL":
                return Whole.LONG;
            case "REAL", "FLOAT4":
                return Plain.FLOAT;
            case "FLOAT":
                return floating();
            case "DOUBLE", "FLOAT8":
                tokens.takes("PRECISION");
                return Plain.DOUBLE;
            case "DECIMAL", "DEC", "NUMERIC":
                return decimal(path, word);
            case "STRING", "TEXT":
                return Plain.STRING;
            case "VARCHAR", "CHAR", "CHARACTER", "BPCHAR":
                tokens.takes("VARYING");
                length(path, "characters");
                return Plain.STRING;
            case "BYTES", "BYTEA", "VARBINARY":
                length(path, "bytes");
                return Plain.BYTES;
            case "BINARY":
                return binary(path);
            case "DATE":
                return Plain.DATE;
            case "UUID":
                return Plain.UUID;
            case "JSON", "JSONB":
                return Plain.JSON;
            case "INTERVAL":
                return Plain.DURATION;
            case "TIME":
                return time(path, word);
            case "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "DATETIME":
                return timestamp(path, word);
            case "ARRAY":
                return array(path);
            case "MAP":
                return map(path);
            case "STRUCT", "ROW":
                return struct(path);
            default:
                throw new NotReadable(
                        word.place() + ": `" + path + "` has the type `" + word.text() + "`, which is not known here");
        }
    }

    private Shape floating() throws NotReadable {
        if (tokens.takes("(")) {
            boolean single = tokens.number() <= 24;
            tokens.require(")");
            return single ? Plain.FLOAT : Plain.DOUBLE;
        }
        return dialect == Dialect.POSTGRES ? Plain.DOUBLE : Plain.FLOAT;
    }

    private Shape decimal(String path, SqlToken word) throws NotReadable {
        if (!tokens.takes("(")) {
            if (dialect == Dialect.POSTGRES) {
                throw new NotReadable(word.place() + ": `" + path
                        + "` is a number of any scale, which no other notation has; write numeric(precision, scale)");
            }
            return new Shape.Decimal(dialect == Dialect.TRINO ? 38 : 10, 0);
        }
        int precision = tokens.number();
        int scale = tokens.takes(",") ? tokens.number() : 0;
        tokens.require(")");
        if (precision < 1 || precision > MOST_DIGITS || scale > precision) {
            throw new NotReadable(word.place() + ": `" + path + "` is a decimal of " + precision + " digits, " + scale
                    + " of them behind the point, which none is");
        }
        return new Shape.Decimal(precision, scale);
    }

    private void length(String path, String what) throws NotReadable {
        if (tokens.takes("(")) {
            int length = tokens.number();
            tokens.require(")");
            losses.lose(path, "that it has at most " + length + " " + what);
        }
    }

    private Shape binary(String path) throws NotReadable {
        if (dialect == Dialect.FLINK && tokens.takes("(")) {
            int length = tokens.number();
            tokens.require(")");
            return new Shape.Fixed(TypeName.NONE, length);
        }
        length(path, "bytes");
        return Plain.BYTES;
    }

    private Shape time(String path, SqlToken word) throws NotReadable {
        TimeUnit unit = unit(path, dialect == Dialect.FLINK ? 0 : standardDigits());
        if (tokens.takes("WITH", "TIME", "ZONE")) {
            throw new NotReadable(word.place() + ": `" + path
                    + "` is a time of the day with a zone, which no other notation has; write a timestamp");
        }
        tokens.takes("WITHOUT", "TIME", "ZONE");
        return new Shape.Time(unit);
    }

    private Shape timestamp(String path, SqlToken word) throws NotReadable {
        TimeUnit unit = unit(path, standardDigits());
        boolean plain = word.is("TIMESTAMP") || word.is("DATETIME");
        boolean instant = plain ? dialect == Dialect.SPARK : !word.is("TIMESTAMP_NTZ");
        if (tokens.takes("WITH", "TIME", "ZONE") || tokens.takes("WITH", "LOCAL", "TIME", "ZONE")) {
            instant = true;
        } else if (tokens.takes("WITHOUT", "TIME", "ZONE")) {
            instant = false;
        }
        return new Shape.Timestamp(unit, instant ? Zone.INSTANT : Zone.LOCAL);
    }

    private int standardDigits() {
        return dialect == Dialect.TRINO ? DIGITS_OF_TRINO : DIGITS_OF_OTHERS;
    }

    private TimeUnit unit(String path, int standard) throws NotReadable {
        int digits = standard;
        if (tokens.takes("(")) {
            digits = tokens.number();
            tokens.require(")");
        }
        TimeUnit unit = TimeUnit.ofDigits(digits);
        if (digits > unit.digits()) {
            losses.loseAs(path, "what is finer than a nanosecond", "nanoseconds");
        } else if (digits != unit.digits()) {
            losses.change(path, "a second of " + digits + " digits becomes one of " + unit.digits());
        }
        return unit;
    }

    private String open() throws NotReadable {
        if (tokens.takes("<")) {
            return ">";
        }
        tokens.require("(");
        return ")";
    }

    private Value item(String path) throws NotReadable {
        Shape shape = type(path);
        return Value.of(shape, nullability());
    }

    private Nullability nullability() {
        if (tokens.takes("NOT", "NULL")) {
            return Nullability.REQUIRED;
        }
        tokens.takes("NULL");
        return Nullability.OPTIONAL;
    }

    private Shape array(String path) throws NotReadable {
        String close = open();
        Value item = item(path + "[]");
        tokens.require(close);
        return new Shape.ListOf(item);
    }

    private Shape map(String path) throws NotReadable {
        String close = open();
        Value key = item(path + "{key}");
        tokens.require(",");
        Value value = item(path + "{}");
        tokens.require(close);
        return new Shape.MapOf(Value.required(key.shape()), value);
    }

    private Shape struct(String path) throws NotReadable {
        String close = open();
        List<Field> fields = new ArrayList<>();
        do {
            String name = tokens.name();
            tokens.takes(":");
            Value value = item(Fitting.child(path, name));
            boolean said = tokens.takes("COMMENT") || tokens.peek().kind() == SqlToken.Kind.TEXT;
            fields.add(Field.column(name, value, said ? Optional.of(tokens.string()) : Optional.empty()));
        } while (tokens.takes(","));
        tokens.require(close);
        return new Shape.Struct(TypeName.NONE, fields);
    }
}
