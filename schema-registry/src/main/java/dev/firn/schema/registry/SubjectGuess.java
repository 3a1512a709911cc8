package dev.firn.schema.registry;

import java.util.Set;

/**
 * Subjects that a schema may be under, where it is under several.
 *
 * @param own of the stream whose record has it
 * @param alike of all streams whose records are read alike: some of them may go to the same table
 */
public record SubjectGuess(Set<String> own, Set<String> alike) {

    public SubjectGuess {
        own = Set.copyOf(own);
        alike = Set.copyOf(alike);
    }
}
