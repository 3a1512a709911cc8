package dev.firn.spi.sink;

import dev.firn.spi.evolution.SchemaDecision;
import java.util.List;

/**
 * The table of all decisions about schemas, a row a change. Tables keep their decisions themselves; here they come together, a little later, and each
 * once, whatever fails in between. Thread-safe.
 */
public interface SchemaChangeLog {

    /** Of a lake whose tables do not change. */
    SchemaChangeLog NONE = new SchemaChangeLog() {
        @Override
        public boolean isBehind() {
            return false;
        }

        @Override
        public void look() {}

        @Override
        public List<SchemaDecision> catchUp() {
            return List.of();
        }
    };

    /** Whether something was seen at a commit that may not be there yet; asks nobody. */
    boolean isBehind();

    /** Looks for decisions that no later commit might show: those with which records went to quarantine. */
    void look();

    /**
     * Writes what has been seen, of all tables at once.
     *
     * @return what was written by this call
     * @throws dev.firn.spi.source.OutsideException where the catalog does not answer; it is still to be written then
     */
    List<SchemaDecision> catchUp();
}
