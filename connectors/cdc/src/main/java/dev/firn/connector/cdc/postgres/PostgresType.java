package dev.firn.connector.cdc.postgres;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says of a type, as far as it matters to who reads its texts.
 *
 * @param name without its schema, as the catalog has it: {@code int4}, {@code _int4}, {@code hstore}
 * @param of of an array its items' type, of a domain the one that it narrows; else null
 * @param modifier of a domain that of its base; -1 for none
 * @param delimiter between items of an array of these
 */
public record PostgresType(int oid, Kind kind, String name, @Nullable PostgresType of, int modifier, char delimiter)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Oids below are given by Postgres' own catalogs, and are the same in every database. */
    private static final int FIRST_NORMAL_OID = 16384;

    public enum Kind {
        /** Of the system or of an extension. */
        BASE,
        ARRAY,
        DOMAIN,
        /** An enum, a range, a composite: of whatever a user has made, the text. */
        OTHER
    }

    /** One of which nothing is known but its oid, for it is gone; read as the text that it wrote. */
    static PostgresType unknown(int oid) {
        return new PostgresType(oid, Kind.OTHER, "", null, -1, ',');
    }

    boolean isBuiltIn() {
        return Integer.compareUnsigned(oid, FIRST_NORMAL_OID) < 0;
    }
}
