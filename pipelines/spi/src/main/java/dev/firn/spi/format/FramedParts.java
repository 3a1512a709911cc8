package dev.firn.spi.format;

/** Which parts of a source's records name the schema that they were written with. */
public enum FramedParts {
    NONE,
    VALUE,
    KEY,
    KEY_AND_VALUE;

    public static FramedParts of(boolean key, boolean value) {
        if (key) {
            return value ? KEY_AND_VALUE : KEY;
        }
        return value ? VALUE : NONE;
    }

    public boolean hasKey() {
        return this == KEY || this == KEY_AND_VALUE;
    }

    public boolean hasValue() {
        return this == VALUE || this == KEY_AND_VALUE;
    }
}
