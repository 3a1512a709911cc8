package dev.firn.schema.infer;

/** How many places may be remembered, so that no data can take all memory. */
final class PlaceBudget {

    static final int MOST = 100_000;

    private int taken;

    /** @return whether there was one left */
    boolean take() {
        return ++taken <= MOST;
    }
}
