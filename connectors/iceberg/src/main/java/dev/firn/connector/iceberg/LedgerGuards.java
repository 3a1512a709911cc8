package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/** What must hold for the commits that a ledger sees. */
final class LedgerGuards {

    private LedgerGuards() {}

    /** The ledger's last epoch is the one before, and no newer run has claimed the ledger. */
    record Append(TableName ledger, Epoch epoch) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            if (landed(base)) {
                throw new EpochAlreadyCommitted(ledger.full(), epoch.number());
            }
            requireNext(base);
        }

        @Override
        public boolean landed(TableMetadata now) {
            LedgerMarks marks = LedgerMarks.of(now);
            marks.requireNewest(ledger, epoch.run());
            return marks.epoch() == epoch.number() && marks.epochDigest().equals(EpochDigest.of(epoch));
        }

        private void requireNext(TableMetadata base) {
            long last = LedgerMarks.of(base).epoch();
            if (last == epoch.number()) {
                throw new EpochOutOfOrder("epoch " + last + " of run " + epoch.run() + " is in the ledger `" + ledger
                        + "` with other contents: a task of this run that was given up has written it");
            }
            if (last != epoch.number() - 1) {
                throw new EpochOutOfOrder("our bug: epoch " + epoch.number() + " does not follow epoch " + last
                        + ", the last in the ledger `" + ledger + "`");
            }
        }
    }

    /**
     * Nobody else has claimed a run since this claim looked.
     *
     * @param claim unlike any other: of two claims of one number only one has landed, and a commit that would change
     *     nothing is never made by Iceberg and so never guarded
     */
    record Claim(long run, String claim) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            long newest = LedgerMarks.of(base).run();
            if (newest >= run) {
                throw new IllegalStateException("run " + newest + " was claimed meanwhile");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            LedgerMarks marks = LedgerMarks.of(now);
            return marks.run() == run && marks.claim().equals(claim);
        }
    }

    /**
     * No newer run has claimed the ledger.
     *
     * @param text what the property is to be; empty where it is to go
     */
    record Detachment(TableName ledger, long run, String property, Optional<String> text) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            LedgerMarks.of(base).requireNewest(ledger, run);
        }

        @Override
        public boolean landed(TableMetadata now) {
            LedgerMarks.of(now).requireNewest(ledger, run);
            return text.equals(Optional.ofNullable(now.properties().get(property)));
        }
    }

    /**
     * Nothing has happened to the ledger since it was looked what there is to tidy up, and no newer run has claimed it.
     *
     * @param seen the metadata that was looked at
     * @param mark unlike any other
     */
    record Upkeep(TableName ledger, long run, String seen, String mark) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            LedgerMarks.of(base).requireNewest(ledger, run);
            if (!seen.equals(base.metadataFileLocation())) {
                throw new IllegalStateException("the ledger `" + ledger + "` has changed meanwhile");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return LedgerMarks.hasUpkeep(now, mark);
        }
    }
}
