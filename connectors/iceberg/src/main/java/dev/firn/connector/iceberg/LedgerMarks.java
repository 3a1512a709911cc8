package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.source.OutsideException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;

/**
 * The ledger's own table properties: who may append, and what was appended last.
 *
 * @param run the newest run that has claimed the ledger; 0 before the first
 * @param claim what the newest run's claim called itself; empty before the first
 * @param epoch the last epoch in the ledger; 0 before the first
 * @param settled the last epoch's {@code settled_through}
 * @param epochDigest of the last epoch; empty before the first
 * @param rewinds all that ever were, oldest first
 * @param version of the ledger's columns
 */
record LedgerMarks(
        long run, String claim, long epoch, long settled, String epochDigest, List<Rewound> rewinds, int version) {

    /** Whose ledger it is. */
    static final String PIPELINE = "firn.pipeline";

    private static final String RUN = "firn.run";
    private static final String CLAIM = "firn.run-claim";
    private static final String EPOCH = "firn.epoch";
    private static final String SETTLED = "firn.settled-through";
    private static final String UPKEEP = "firn.upkeep";
    private static final String DIGEST = "firn.epoch-digest";
    private static final String REWINDS = "firn.rewinds";

    static LedgerMarks of(TableMetadata metadata) {
        Map<String, String> properties = metadata.properties();
        return new LedgerMarks(
                Long.parseLong(properties.getOrDefault(RUN, "0")),
                properties.getOrDefault(CLAIM, ""),
                Long.parseLong(properties.getOrDefault(EPOCH, "0")),
                Long.parseLong(properties.getOrDefault(SETTLED, "0")),
                properties.getOrDefault(DIGEST, ""),
                rewinds(properties.getOrDefault(REWINDS, "")),
                Integer.parseInt(properties.getOrDefault(LedgerTable.VERSION_PROPERTY, "1")));
    }

    static UpdateProperties claim(UpdateProperties update, String pipeline, long run, String claim) {
        // An older Firn has made the ledger without it.
        return update.set(PIPELINE, pipeline).set(RUN, Long.toString(run)).set(CLAIM, claim);
    }

    /** @throws dev.firn.spi.sink.CommitRefused if it is another pipeline's */
    static void requireOwner(Map<String, String> properties, LakeNames names) {
        String owner = properties.getOrDefault(PIPELINE, names.pipeline());
        if (!owner.equals(names.pipeline())) {
            throw LedgerReplaced.anothers(names.ledger(), owner, names.pipeline());
        }
    }

    static UpdateProperties append(UpdateProperties update, Epoch epoch, long settledThrough) {
        return update.set(EPOCH, Long.toString(epoch.number()))
                .set(SETTLED, Long.toString(settledThrough))
                .set(DIGEST, EpochDigest.of(epoch));
    }

    /** {@code 21:12:4} for a rewind to epoch 12 by epoch 21 of run 4; several with blanks between them. */
    private static List<Rewound> rewinds(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(rewind -> !rewind.isEmpty())
                .map(rewind -> rewind.split(":", -1))
                .map(parts -> new Rewound(Long.parseLong(parts[1]), Long.parseLong(parts[0]), Long.parseLong(parts[2])))
                .toList();
    }

    /** Sets what a rewind leaves besides what every epoch does. */
    UpdateProperties rewind(UpdateProperties update, Rewind rewind) {
        String all = Stream.concat(rewinds.stream(), Stream.of(rewind.rewound()))
                .map(one -> one.at() + ":" + one.to() + ":" + one.run())
                .collect(Collectors.joining(" "));
        return append(update, rewind.epoch(), rewind.epoch().number() - 1).set(REWINDS, all);
    }

    /** By which rewind an epoch was taken back, by the first if by several: tables have none of its rows since then. */
    Optional<Rewound> takenBack(long number) {
        return rewinds.stream().filter(rewind -> rewind.takesBack(number)).findFirst();
    }

    /** Which rewind an epoch is, if it is one. */
    Optional<Rewound> rewind(long number) {
        return rewinds.stream().filter(rewind -> rewind.at() == number).findFirst();
    }

    static UpdateProperties upkeep(UpdateProperties update, String mark) {
        return update.set(UPKEEP, mark);
    }

    static boolean hasUpkeep(TableMetadata metadata, String mark) {
        return mark.equals(metadata.properties().get(UPKEEP));
    }

    /** What a later Firn has written may mean something that this one does not know. */
    LedgerMarks readable(TableName ledger) {
        if (version > LedgerTable.VERSION) {
            throw new OutsideException("the ledger `" + ledger + "` was written by a later Firn: it is of version "
                    + version + ", and this Firn reads up to version " + LedgerTable.VERSION);
        }
        return this;
    }

    /** Only the newest run may write on. */
    void requireNewest(TableName ledger, long mine) {
        if (run > mine) {
            throw new Ledger.RunSuperseded(mine, run);
        }
        if (run < mine) {
            throw LedgerReplaced.under(ledger, mine, run);
        }
    }
}
