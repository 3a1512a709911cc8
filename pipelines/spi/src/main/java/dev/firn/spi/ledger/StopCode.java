package dev.firn.spi.ledger;

import java.util.Locale;

/** Why a job ends that finds nothing wrong with itself; each has a help page. */
public enum StopCode {
    /** More went to quarantine than the file lets through. */
    QUARANTINE_FLOOD;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
