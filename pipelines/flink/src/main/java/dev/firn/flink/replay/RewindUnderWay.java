package dev.firn.flink.replay;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import java.util.Optional;

/** Whether a rewind is decided and not carried out: its tables have rows, and its quarantine records, that are about to go. */
public record RewindUnderWay(Lake lake) {

    /** The first table that has not gone back yet. */
    public Optional<TableName> table() {
        LedgerState state = lake.ledger().read();
        Optional<Rewound> last = state.lastRewind();
        return last.flatMap(rewind -> state.open().stream()
                .filter(epoch -> epoch.number() == rewind.at())
                .findFirst()
                .flatMap(this::behind));
    }

    /** @throws CommitRefused if there is one */
    public void refuse() {
        table().ifPresent(behind -> {
            throw new CommitRefused("the pipeline is being taken back, and table `" + behind
                    + "` has not gone back yet: start the pipeline first, with `firn run`");
        });
    }

    private Optional<TableName> behind(Epoch rewind) {
        return rewind.staged().stream()
                .map(StagedFiles::table)
                .filter(table -> lake.table(table).isPresent())
                .filter(table -> lake.lastEpoch(table).orElse(0) < rewind.number())
                .findFirst();
    }
}
