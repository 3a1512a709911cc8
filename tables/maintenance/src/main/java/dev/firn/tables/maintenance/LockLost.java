package dev.firn.tables.maintenance;

/** Another maintainer has taken a table for which this one was too slow; what it has committed before stays. */
final class LockLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockLost() {
        super("another maintainer has taken it meanwhile");
    }
}
