package dev.firn.cli.run;

import java.net.URI;

/** Whoever watches a run. */
public interface Observer {

    /** Something happened that is worth a line. */
    void says(String line);

    /** How far it is, about twice a second. */
    void at(Progress progress);

    /** Flink's web page is up. */
    default void webPage(URI page) {
        says("web page  " + page);
    }

    /**
     * A moment of a run.
     *
     * @param committed rows written by this run and in the ledger
     * @param perSecond rows a second over the last moments
     * @param lag positions still to go to where the sources ended at the start
     * @param secondsSinceEpoch since the last epoch of this run was seen; negative before the first
     */
    record Progress(long committed, long perSecond, long lag, long secondsSinceEpoch) {}
}
