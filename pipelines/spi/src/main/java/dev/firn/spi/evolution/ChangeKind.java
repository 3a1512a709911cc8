package dev.firn.spi.evolution;

import dev.firn.definition.table.EvolutionRule;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of change that a file can decide about; the words of the grammar. */
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
    TRUNCATE_TABLE,
    DROP_TABLE,
    RENAME_TABLE,
    CHANGE_KEY;

    /** The kind that a rule of the grammar is about. */
    public static ChangeKind of(EvolutionRule rule) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(rule.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: no kind is called `" + rule.kind() + "`"));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
