package dev.firn.flink.session;

import dev.firn.spi.source.OutsideException;

/** A cluster that does not answer, refuses, or is none; the message is for the user. */
public final class ClusterAway extends OutsideException {

    private static final long serialVersionUID = 1L;

    private final boolean unanswered;

    public ClusterAway(String message) {
        super(message);
        this.unanswered = false;
    }

    /** Of a request that was on its way when the connection broke: what it asked for may have been done. */
    static ClusterAway unanswered(String message, Throwable cause) {
        return new ClusterAway(message, cause, true);
    }

    ClusterAway(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ClusterAway(String message, Throwable cause, boolean unanswered) {
        super(message, cause);
        this.unanswered = unanswered;
    }

    /** Whether nobody knows if the cluster has done what it was asked for. */
    public boolean isUnanswered() {
        return unanswered;
    }
}
