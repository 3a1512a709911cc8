package dev.firn.schema.compare;

import java.util.Locale;

/** The kinds of change that a schema can go through. */
public enum ChangeKind {
    ADD_COLUMN,
    DROP_COLUMN,
    RENAME_COLUMN,
    WIDEN_TYPE,
    NARROW_TYPE,
    MAKE_OPTIONAL,
    MAKE_REQUIRED,
    ADD_SYMBOL,
    REMOVE_SYMBOL,
    REORDER,
    INCOMPATIBLE,
    /** The column's type stays, and its bytes are written in another way. */
    CHANGE_ENCODING,
    CHANGE_DEFAULT,
    CHANGE_DOC;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
