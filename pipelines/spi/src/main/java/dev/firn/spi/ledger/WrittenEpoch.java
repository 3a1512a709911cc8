package dev.firn.spi.ledger;

import dev.firn.spi.ledger.Rewind.Rewound;
import java.time.Instant;
import java.util.Optional;

/**
 * An epoch as the ledger remembers it.
 *
 * @param first the number of the first epoch in it: its own, but where the ledger has added up old epochs to one
 * @param at when it, or the last of them, was written ahead
 * @param takenBack by which rewind, where it does not count any more
 * @param rewind where it is one itself
 */
public record WrittenEpoch(Epoch epoch, long first, Instant at, Optional<Rewound> takenBack, Optional<Rewound> rewind) {

    public WrittenEpoch(Epoch epoch, long first, Instant at) {
        this(epoch, first, at, Optional.empty(), Optional.empty());
    }
}
