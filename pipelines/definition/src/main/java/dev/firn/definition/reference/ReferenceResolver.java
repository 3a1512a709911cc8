package dev.firn.definition.reference;

/** Turns text with references into its value, in the process that uses it. */
@FunctionalInterface
public interface ReferenceResolver {

    /**
     * The text with every reference replaced by what it stands for.
     *
     * @throws UnresolvedReference where a reference leads nowhere
     */
    String resolve(String raw);
}
