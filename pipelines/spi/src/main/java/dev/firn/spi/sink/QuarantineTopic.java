package dev.firn.spi.sink;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A topic that gets the records of the quarantine table, beside it. Used by one thread at a time. */
public interface QuarantineTopic extends AutoCloseable {

    /**
     * Sends what epochs put into quarantine, each record once whatever was answered before; returns when all of it is there for whoever
     * reads what is committed. Blocks. Safe to call again after any failure, and by another process.
     *
     * @throws CommitRefused where no repetition helps: the topic has epochs that the ledger has not
     * @throws dev.firn.spi.source.OutsideException where the outcome is unknown, or the topic does not answer or refuses
     */
    void publish(Publication publication);

    @Override
    void close();

    /**
     * What is to be sent.
     *
     * @param pipeline whose records they are
     * @param ledger the ledger's uuid, which tells its epochs from another's of the same number
     * @param lastEpoch asks for the last epoch of the ledger; takes its time
     * @param epochs in order
     */
    record Publication(String pipeline, String ledger, LongSupplier lastEpoch, List<Long> epochs, Rows rows) {

        public Publication {
            epochs = List.copyOf(epochs);
        }
    }

    /** Reads what an epoch has put into quarantine, in an order that is the same each time. */
    @FunctionalInterface
    interface Rows {
        void read(long epoch, Consumer<Entry> each);
    }

    /**
     * A row of the quarantine table.
     *
     * @param keySchemaId the id in the frame of the record's key, also where the key is not kept
     * @param valueSchemaId the same of its value
     */
    record Entry(QuarantinedRow row, OptionalInt keySchemaId, OptionalInt valueSchemaId) {}
}
