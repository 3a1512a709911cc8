package dev.firn.schema;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.SchemaTrouble;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tells a reader which records it may let go: those that can be decoded, or rejected, without asking anybody. The others stay in
 * their source, so nothing that has left it waits. For one thread, but for {@link #onNews}'s listener.
 */
public interface SchemaGate extends AutoCloseable {

    /** A gate as it travels in the job; opened where the source is read. */
    @FunctionalInterface
    interface Opening extends Serializable {

        /** Of a source whose records need no schema. */
        Opening NONE = references -> OPEN;

        SchemaGate open(ReferenceResolver references);
    }

    /** Lets all pass. */
    SchemaGate OPEN = new SchemaGate() {
        @Override
        public OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value) {
            return OptionalInt.empty();
        }

        @Override
        public boolean isKnown(int id) {
            return true;
        }

        @Override
        public Optional<SchemaTrouble> trouble(int id) {
            return Optional.empty();
        }

        @Override
        public void onNews(Runnable listener) {
            // There are never any.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** The id of a schema that the record needs and nobody knows yet; it is asked for from now on. */
    OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value);

    /** Whether a schema that was missing is so no more. */
    boolean isKnown(int id);

    /** What keeps the registry from saying it, if it was asked already. */
    Optional<SchemaTrouble> trouble(int id);

    /** Calls back when one of the two answers above may be another than before. */
    void onNews(Runnable listener);

    @Override
    void close();
}
