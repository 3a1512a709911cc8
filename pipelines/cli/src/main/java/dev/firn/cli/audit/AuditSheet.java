package dev.firn.cli.audit;

import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.schema.TableName;
import java.time.Instant;

/** The sums from an epoch on, and the sum of all before it. */
public final class AuditSheet {

    private final Since since;
    private final Instant now;
    private final Audit before;
    private final Audit shown;

    /** @param now when the question was asked */
    public AuditSheet(TableName quarantine, Since since, Instant now) {
        this.since = since;
        this.now = now;
        this.before = new Audit(quarantine);
        this.shown = new Audit(quarantine);
    }

    /** Adds an epoch; they come in their order. */
    public void add(WrittenEpoch epoch) {
        // Clocks of two runs may differ: once an epoch is in, all behind it are.
        boolean included = shown.span().isPresent() || since.includes(epoch, now);
        (included ? shown : before).add(epoch);
    }

    /** What the question was about. */
    public Audit shown() {
        return shown;
    }

    /** All epochs before that; has none where the sheet begins with the first. */
    public Audit before() {
        return before;
    }
}
