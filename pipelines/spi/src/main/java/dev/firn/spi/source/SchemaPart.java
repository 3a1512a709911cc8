package dev.firn.spi.source;

import java.util.Locale;

/** Which part of a stream's records a schema is of. */
public enum SchemaPart {
    VALUE,
    KEY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
