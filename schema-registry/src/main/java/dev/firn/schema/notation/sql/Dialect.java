package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Trait;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Whose SQL it is. */
public enum Dialect {
    SPARK("Spark", '`', 38),
    TRINO("Trino", '"', 38),
    FLINK("Flink", '`', 38),
    POSTGRES("Postgres", '"', 1000);

    private final String engine;
    private final char quote;
    private final int mostDigits;

    Dialect(String engine, char quote, int mostDigits) {
        this.engine = engine;
        this.quote = quote;
        this.mostDigits = mostDigits;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As sentences name it. */
    String engine() {
        return engine;
    }

    /** Around names. */
    char quote() {
        return quote;
    }

    /** Of a decimal. */
    int mostDigits() {
        return mostDigits;
    }

    /** Each has names and comments for a table and its columns. */
    Set<Trait> keeps() {
        Set<Trait> keeps = EnumSet.of(Trait.NAME, Trait.RECORD_DOC, Trait.DOCS);
        switch (this) {
            case SPARK -> keeps.addAll(EnumSet.of(Trait.NESTED_DOCS, Trait.NESTED_REQUIRED, Trait.KEYS));
            case TRINO -> keeps.add(Trait.KEYS);
            case FLINK -> keeps.addAll(
                    EnumSet.of(Trait.NESTED_DOCS, Trait.NESTED_REQUIRED, Trait.ITEMS_REQUIRED, Trait.KEYS));
            case POSTGRES -> keeps.add(Trait.DEFAULTS);
        }
        return keeps;
    }

    /** Whether a name that is not quoted is one in lower case. */
    boolean foldsNames() {
        return this == TRINO || this == POSTGRES;
    }

    /** Whether two columns may differ in nothing but case. */
    boolean tellsCases() {
        return this == FLINK || this == POSTGRES;
    }

    /** Whether a backslash in a text stands for something else. */
    boolean escapesWithBackslash() {
        return this == SPARK;
    }
}
