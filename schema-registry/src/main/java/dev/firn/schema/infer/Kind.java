package dev.firn.schema.infer;

/** What a single value is. */
enum Kind {
    BOOLEAN(Family.BOOLEAN, "a boolean"),
    /** Whole, in 64 bits. */
    INTEGER(Family.NUMBER, "a whole number"),
    /** Whole, in more than 64 bits. */
    HUGE(Family.NUMBER, "a whole number of more than 64 bits"),
    FRACTION(Family.NUMBER, "a number with a point or an exponent"),
    /** A number whose exponent is beyond all types. */
    BEYOND(Family.NUMBER, "a number whose exponent is beyond all types"),
    DATE(Family.TEXT, "a date"),
    TIME(Family.TEXT, "a time"),
    TIMESTAMP(Family.TEXT, "a timestamp without an offset"),
    INSTANT(Family.TEXT, "a timestamp with an offset"),
    /** Of any of the two before, or a time. */
    NANOSECONDS(Family.TEXT, "a time of more than six digits behind the second"),
    UUID(Family.TEXT, "a uuid"),
    TEXT(Family.TEXT, "a text"),
    OBJECT(Family.OBJECT, "an object"),
    ARRAY(Family.ARRAY, "an array");

    /** Kinds between which a type can be found that keeps all. */
    enum Family {
        BOOLEAN,
        NUMBER,
        TEXT,
        OBJECT,
        ARRAY
    }

    private final Family family;
    private final String words;

    Kind(Family family, String words) {
        this.family = family;
        this.words = words;
    }

    Family family() {
        return family;
    }

    String words() {
        return words;
    }
}
