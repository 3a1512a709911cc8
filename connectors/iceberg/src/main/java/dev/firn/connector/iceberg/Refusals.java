package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subtask has to say of schemas that tables were refused. A table that is refused one stays as it is, so it goes into the quarantine
 * table's properties, in the commit of the first of the records that it is about; where the job ends instead, into the log at once.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final DecisionLog log;
    private final SortedMap<String, String> untold = new TreeMap<>();

    Refusals(DecisionLog log) {
        this.log = log;
    }

    void add(SchemaDecision decision) {
        untold.putAll(TableDecisions.properties(decision));
    }

    /** The properties that the quarantine is to have with its next records. */
    SortedMap<String, String> take() {
        SortedMap<String, String> taken = new TreeMap<>(untold);
        untold.clear();
        return taken;
    }

    /** Writes the log, for there will be no commit; whether that succeeds changes nothing about the job's end. */
    void tell() {
        log.see(take());
        try {
            log.catchUp();
        } catch (RuntimeException e) {
            LOG.warn("Why a schema was refused could not be written down", e);
        }
    }
}
