package dev.firn.flink.write;

import dev.firn.spi.ledger.NewestTime;
import java.io.Serializable;
import java.util.List;

/**
 * The event times that a start finds in the ledger.
 *
 * @param known that it goes on from
 * @param unbelieved that no event has, so that their splits begin anew; the ledger adds up differences and has to be told what
 *     becomes of them all the same
 */
public record StartTimes(List<NewestTime> known, List<NewestTime> unbelieved) implements Serializable {

    public static final StartTimes NONE = new StartTimes(List.of(), List.of());

    public StartTimes {
        known = List.copyOf(known);
        unbelieved = List.copyOf(unbelieved);
    }
}
