package dev.firn.spi.notation;

import java.util.List;
import java.util.Optional;

/** A type, in all the detail that some notation has a word for; {@link dev.firn.spi.schema.ColumnType} is what Firn writes. */
public sealed interface Shape {

    /** The types without a parameter. */
    enum Plain implements Shape {
        BOOLEAN,
        FLOAT,
        DOUBLE,
        STRING,
        BYTES,
        DATE,
        UUID,
        /** A text that is JSON, whatever is in it. */
        JSON,
        /** Months, days and milliseconds, each for itself. */
        DURATION
    }

    /** Whether a whole number may be below zero. */
    enum Sign {
        SIGNED,
        UNSIGNED
    }

    /** What a timestamp without its zone is. */
    enum Zone {
        /** An instant, the same everywhere. */
        INSTANT,
        /** What a clock shows, wherever it is. */
        LOCAL
    }

    /** A whole number of 8, 16, 32 or 64 bits. */
    record Whole(int bits, Sign sign) implements Shape {
        public static final Whole INT = new Whole(32, Sign.SIGNED);
        public static final Whole LONG = new Whole(64, Sign.SIGNED);

        /** As sentences name it. */
        public String words() {
            return "a whole number of " + bits + " bits" + (sign == Sign.UNSIGNED ? " without a sign" : "");
        }
    }

    /** An exact number of so many digits in all, {@code scale} of them behind the point. */
    record Decimal(int precision, int scale) implements Shape {}

    /** Exactly so many bytes. */
    record Fixed(TypeName name, int length) implements Shape {}

    /** A time of the day. */
    record Time(TimeUnit unit) implements Shape {}

    /** A day and a time of it. */
    record Timestamp(TimeUnit unit, Zone zone) implements Shape {}

    /** One of some words; {@code fallback} is what a reader takes for a word that it does not know. */
    record Symbols(TypeName name, List<String> symbols, Optional<String> fallback) implements Shape {
        public Symbols {
            symbols = List.copyOf(symbols);
        }

        /** As sentences name it. */
        public String words() {
            return "the enum " + (name.isThere() ? "`" + name.full() + "` " : "") + "of `"
                    + String.join("`, `", symbols) + "`";
        }
    }

    /** Named fields. */
    record Struct(TypeName name, List<Field> fields) implements Shape {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** Values of one type in order. */
    record ListOf(Value item) implements Shape {}

    /** Values of one type by keys of another. */
    record MapOf(Value key, Value value) implements Shape {}

    /** One of several types, each with the name that a column for it would have. */
    record OneOf(List<Field> branches) implements Shape {
        public OneOf {
            branches = List.copyOf(branches);
        }
    }

    /** The record of that name once more, inside of which this stands. */
    record Again(String name) implements Shape {}
}
