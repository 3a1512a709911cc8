package dev.firn.spi.ledger;

import dev.firn.spi.record.Split;
import java.util.Map;
import java.util.TreeMap;

/**
 * An epoch that takes back those before it, down to one that stays. It has read nothing; what it stages for a table is the way
 * back.
 *
 * @param to the last epoch that still counts; 0 for none
 * @param positions of every split that was ever read: where to go on
 */
public record Rewind(Epoch epoch, long to, Map<Split, Long> positions) {

    public Rewind {
        positions = java.util.Collections.unmodifiableMap(new TreeMap<>(positions));
    }

    /** What the ledger keeps of it. */
    public Rewound rewound() {
        return new Rewound(to, epoch.number(), epoch.run());
    }

    /**
     * Epochs that don't count any more: those behind {@code to} and before {@code at}.
     *
     * @param at the epoch that took them back
     * @param run the run that this epoch is of; what older runs have saved is of before it
     */
    public record Rewound(long to, long at, long run) {

        public boolean takesBack(long epoch) {
            return epoch > to && epoch < at;
        }
    }
}
