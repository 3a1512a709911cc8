package dev.firn.spi.format;

import java.util.Optional;

/**
 * The writers' schemas that a format knows in this process by now, for whoever keeps them: what is put back need not be asked for
 * again, also where nobody could say it.
 */
public interface SchemaMemory extends AutoCloseable {

    /** Of a format whose records name no schema. */
    SchemaMemory NONE = new SchemaMemory() {
        @Override
        public String origin() {
            return "";
        }

        @Override
        public Optional<String> definition(int schemaId) {
            return Optional.empty();
        }

        @Override
        public void learn(int schemaId, String definition) {
            // Nobody will ask for it.
        }

        @Override
        public int suppose(String subject, String definition) {
            throw new IllegalStateException("our bug: a schema is supposed of records that name none");
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** Where the ids count: another registry has other schemas under the same ones. Nothing of it is secret. */
    String origin();

    /** A schema's definition, which never changes; empty where it is not known, or none that can be read. */
    Optional<String> definition(int schemaId);

    /** Puts one back; what is known already stays. */
    void learn(int schemaId, String definition);

    /**
     * Takes a schema for the next version of a subject, as if it were registered, in this process alone.
     *
     * @param definition as {@link #definition} has it
     * @return the id by which readers know it
     */
    int suppose(String subject, String definition);

    @Override
    void close();
}
