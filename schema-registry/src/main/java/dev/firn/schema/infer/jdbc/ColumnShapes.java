package dev.firn.schema.infer.jdbc;

import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Types of columns; where a database's type has none that keeps its values, there is none here. */
final class ColumnShapes {

    private static final Set<String> TEXTS = Set.of(
            "varchar",
            "char",
            "bpchar",
            "text",
            "name",
            "citext",
            "nvarchar",
            "nchar",
            "varchar2",
            "nvarchar2",
            "clob",
            "nclob",
            "tinytext",
            "mediumtext",
            "longtext",
            "character",
            "character varying",
            "character large object",
            "ntext",
            "\"char\"",
            "string");

    /** Of a timestamp or a time, in digits. */
    private static final int MICROS = 6;

    /** More than any database holds; what says more does not know. */
    private static final int MOST_DIGITS = 1_000;

    private static final int INT_BITS = 32;
    private static final int LONG_BITS = 64;

    private final boolean isSqlite;
    private final boolean isMysql;

    /** @param product as the driver names it */
    ColumnShapes(String product) {
        String word = product.toLowerCase(Locale.ROOT);
        this.isSqlite = word.contains("sqlite");
        this.isMysql = word.contains("mysql") || word.contains("mariadb");
    }

    Optional<Shape> of(TableColumn column) {
        if (isSqlite && column.word().equals("blob")) {
            // Its driver calls it a number.
            return Optional.of(Plain.BYTES);
        }
        if (column.isDecimal()) {
            return decimal(column);
        }
        return switch (column.type()) {
            case Types.BOOLEAN -> Optional.of(Plain.BOOLEAN);
            case Types.BIT -> column.size() > 1 ? Optional.empty() : Optional.of(Plain.BOOLEAN);
            case Types.TINYINT, Types.SMALLINT -> Optional.of(Whole.INT);
            case Types.INTEGER -> Optional.of(whole(column));
            case Types.BIGINT -> Optional.of(column.isUnsigned() ? new Whole(LONG_BITS, Sign.UNSIGNED) : Whole.LONG);
            case Types.REAL -> Optional.of(isSqlite ? Plain.DOUBLE : Plain.FLOAT);
            case Types.FLOAT, Types.DOUBLE -> column.word().equals("money")
                    ? Optional.empty()
                    : Optional.of(Plain.DOUBLE);
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> text(column);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Optional.of(Plain.BYTES);
            case Types.DATE -> Optional.of(Plain.DATE);
            case Types.TIME -> isZoned(column) ? Optional.empty() : Optional.of(new Shape.Time(unit(column)));
            case Types.TIMESTAMP -> Optional.of(
                    new Shape.Timestamp(unit(column), isInstant(column) ? Zone.INSTANT : Zone.LOCAL));
            case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(new Shape.Timestamp(unit(column), Zone.INSTANT));
            default -> column.word().equals("uuid") ? Optional.of(Plain.UUID) : Optional.empty();
        };
    }

    /** SQLite's integers have 64 bits, whatever they are called. */
    private Shape whole(TableColumn column) {
        if (isSqlite) {
            return Whole.LONG;
        }
        return column.isUnsigned() ? new Whole(INT_BITS, Sign.UNSIGNED) : Whole.INT;
    }

    /** Without a precision a decimal may have any number of digits, before and behind the point. */
    private static Optional<Shape> decimal(TableColumn column) {
        boolean isSaid = column.size() > 0
                && column.size() <= MOST_DIGITS
                && column.digits() >= 0
                && column.digits() <= column.size();
        return isSaid ? Optional.of(new Shape.Decimal(column.size(), column.digits())) : Optional.empty();
    }

    /** Types of the user, such as enums, come as texts too. */
    private static Optional<Shape> text(TableColumn column) {
        String word = column.word().replaceAll("\\(.*", "").strip();
        if (word.equals("uniqueidentifier")) {
            return Optional.of(Plain.UUID);
        }
        return TEXTS.contains(word) ? Optional.of(Plain.STRING) : Optional.empty();
    }

    private static boolean isZoned(TableColumn column) {
        return column.word().endsWith("tz") || column.word().contains("with time zone");
    }

    private boolean isInstant(TableColumn column) {
        return isZoned(column) || (isMysql && column.word().startsWith("timestamp"));
    }

    private static TimeUnit unit(TableColumn column) {
        return column.digits() > MICROS ? TimeUnit.NANOS : TimeUnit.MICROS;
    }
}
