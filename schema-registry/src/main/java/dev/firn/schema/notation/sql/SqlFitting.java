package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.TimeUnit;
import java.util.Locale;
import java.util.Optional;

/** What a dialect can hold. */
final class SqlFitting extends Fitting {

    private static final int BYTE_BITS = 8;
    private static final int SHORT_BITS = 16;

    private final Dialect dialect;

    SqlFitting(Dialect dialect, Losses losses) {
        super(losses, dialect.keeps());
        this.dialect = dialect;
    }

    @Override
    protected String name(String path, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (dialect == Dialect.TRINO && !name.equals(lower)) {
            losses.loseAs(path, "the case of the name", "`" + lower + "`");
            return lower;
        }
        return name;
    }

    @Override
    protected String identity(String name) {
        return dialect.tellsCases() ? name : name.toLowerCase(Locale.ROOT);
    }

    /** Postgres has no types within columns but lists of its plain ones. */
    @Override
    protected Optional<Shape> whole(String path, Shape shape) {
        if (dialect != Dialect.POSTGRES || isPlain(shape)) {
            return Optional.empty();
        }
        if (shape instanceof Shape.ListOf list && isPlain(list.item().shape())) {
            return Optional.empty();
        }
        losses.loseAs(path, words(shape), "jsonb");
        return Optional.of(Plain.JSON);
    }

    private static boolean isPlain(Shape shape) {
        return !(shape instanceof Shape.Struct
                || shape instanceof Shape.ListOf
                || shape instanceof Shape.MapOf
                || shape instanceof Shape.OneOf
                || shape instanceof Shape.Again);
    }

    private static String words(Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            String name = struct.name().isThere() ? "`" + struct.name().full() + "` " : "";
            return "the record " + name + "of "
                    + quoted(struct.fields().stream().map(Field::name).toList());
        }
        if (shape instanceof Shape.ListOf) {
            return "the type of the list's items";
        }
        return shape instanceof Shape.MapOf ? "the type of the map's values" : "the choice of types";
    }

    @Override
    protected Shape scalar(String path, Shape shape) {
        if (shape instanceof Plain plain) {
            return plain(path, plain);
        }
        if (shape instanceof Whole whole) {
            return signed(path, whole, dialect == Dialect.POSTGRES ? SHORT_BITS : BYTE_BITS);
        }
        if (shape instanceof Shape.Decimal decimal) {
            return decimal(path, decimal, dialect.mostDigits());
        }
        if (shape instanceof Shape.Fixed fixed) {
            return fixed(path, fixed);
        }
        if (shape instanceof Shape.Time time) {
            return time(path, time);
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return new Shape.Timestamp(unit(path, timestamp.unit()), timestamp.zone());
        }
        return symbols(path, (Shape.Symbols) shape);
    }

    private Shape plain(String path, Plain plain) {
        boolean postgres = dialect == Dialect.POSTGRES;
        if (plain == Plain.DURATION && !postgres) {
            return durationAsRecord(path);
        }
        if (plain == Plain.JSON && !postgres) {
            losses.loseAs(path, "that it is JSON", dialect == Dialect.TRINO ? "VARCHAR" : "STRING");
            return Plain.STRING;
        }
        if (plain == Plain.UUID && (dialect == Dialect.SPARK || dialect == Dialect.FLINK)) {
            losses.loseAs(path, "that it is a uuid", "STRING");
            return Plain.STRING;
        }
        return plain;
    }

    private Shape fixed(String path, Shape.Fixed fixed) {
        if (dialect == Dialect.FLINK && fixed.length() > 0) {
            return new Shape.Fixed(typeName(path, fixed.name()), fixed.length());
        }
        typeName(path, fixed.name());
        losses.lose(path, "the length of " + fixed.length() + " bytes");
        return Plain.BYTES;
    }

    private Shape time(String path, Shape.Time time) {
        if (dialect == Dialect.SPARK) {
            losses.refuse(path, "Spark has no type for a time of the day", "make it a long, or a string");
            return time;
        }
        return new Shape.Time(unit(path, time.unit()));
    }

    private TimeUnit unit(String path, TimeUnit unit) {
        return switch (dialect) {
            case SPARK -> micros(path, unit);
            case POSTGRES -> unit == TimeUnit.NANOS ? micros(path, unit) : unit;
            case TRINO, FLINK -> unit;
        };
    }

    /** Postgres checks a column's words, and not those in a list. */
    private Shape symbols(String path, Shape.Symbols symbols) {
        if (dialect == Dialect.POSTGRES
                && !path.endsWith("[]")
                && !symbols.symbols().isEmpty()) {
            symbols.fallback().ifPresent(word -> losses.lose(path, "what unknown words count as, `" + word + "`,"));
            return new Shape.Symbols(typeName(path, symbols.name()), symbols.symbols(), Optional.empty());
        }
        losses.loseAs(
                path,
                symbols.words(),
                dialect == Dialect.TRINO ? "VARCHAR" : dialect == Dialect.POSTGRES ? "text" : "STRING");
        return Plain.STRING;
    }

    /** Plain values alone can be written as SQL writes them. */
    @Override
    protected boolean keepsDefault(String path, Field field, Shape fitted) {
        return SqlDefaults.isLiteral(fitted);
    }
}
