package dev.firn.definition.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What each preset decides about a kind of change; {@code exception} lets the job end, whatever the kind. The names are Flink
 * CDC's, and so is what they mean as far as it goes: it knows fewer kinds, and of its tables none is a join of versions.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Presets {

    /** The table follows, and the job ends where it can't. */
    Decision evolve();

    /** The table follows, and the job goes on where it can't. */
    Decision tryEvolve();

    /** Nothing that readers have is taken away: names and values stay. */
    Decision lenient();

    /** Columns stay as they are, but that one may become optional. */
    Decision ignore();
}
