package dev.firn.tables.maintenance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Another maintainer has a table; what this one has committed before stays. */
final class LockLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LockLost(String message) {
        super(message);
    }

    /** It was another's from the start. */
    static LockLost never(Instant until) {
        return new LockLost("another maintainer works on it, at most until " + until.truncatedTo(ChronoUnit.SECONDS));
    }

    /** This one was too slow. */
    static LockLost meanwhile() {
        return new LockLost("another maintainer has taken it meanwhile");
    }
}
