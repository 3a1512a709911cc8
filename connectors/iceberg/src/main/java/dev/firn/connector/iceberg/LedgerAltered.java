package dev.firn.connector.iceberg;

import dev.firn.spi.sink.CommitRefused;

/** A pipeline's ledger contradicts itself, which no commit of Firn's makes it do: nobody knows what it would mean to go on. */
public final class LedgerAltered extends CommitRefused {

    private static final long serialVersionUID = 1L;

    LedgerAltered(String ledger, long epoch) {
        super("the ledger `" + ledger + "` does not add up: its positions after epoch " + epoch
                + " are not where its rows lead: rows were altered or deleted");
    }
}
