package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * A new table with a pipeline's ledger beside it, and all that the sink does for an epoch once its data files are written: a
 * staged manifest, a row of the ledger, the guarded commit, the ledger's upkeep.
 */
public final class Epochs implements AutoCloseable {

    private static final int SPLITS = 4;
    private static final long RUN = 1;
    private static final String PLAN = "0123456789abcdef";
    private static final LakeNames NAMES = SinkTable.NAMES;

    private final LakeTables tables;
    private final IcebergLake lake;
    private final Ledger ledger;
    private final TargetTable target;
    private final UnwritableTables unwritable;
    private long last;

    private Epochs(LakeTables tables, IcebergLake lake) {
        this.tables = tables;
        this.lake = lake;
        this.ledger = lake.ledger();
        this.target = new TargetTable(SinkTable.NAME, table(), NAMES, new WriterSettings(RUN, 0, 0), tables);
        this.unwritable = new UnwritableTables(
                () -> HoldingArea.open(tables, NAMES.ledger()),
                new TargetTables.Looks(Duration.ofMinutes(1), Runnable::run));
    }

    public static Epochs create(Path folder, TableSchema columns) {
        CatalogSettings settings = SinkTable.settings(folder);
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, UnaryOperator.identity());
        IcebergLake lake =
                new IcebergLake(tables, NAMES, Retries.DEFAULT, IcebergWriters.TABLES_FRESH_FOR, WriterLimits.DEFAULT);
        lake.create(SinkTable.spec(columns));
        Epochs epochs = new Epochs(tables, lake);
        epochs.ledger.claimRun();
        return epochs;
    }

    public Table table() {
        return tables.load(SinkTable.NAME);
    }

    /** An epoch of one writer. */
    public void commit(List<DataFile> files) throws Exception {
        commitOfWriters(List.of(files));
    }

    /** An epoch of several writers, with the files of each. */
    public void commitOfWriters(List<List<DataFile>> writers) throws Exception {
        long number = ++last;
        List<StagedFiles> staged = new ArrayList<>();
        for (List<DataFile> files : writers) {
            TableFiles complete = new TableFiles(target, unwritable, new OpenFileCount());
            files.forEach(complete::complete);
            staged.add(complete.manifest(Collections.emptySortedMap(), new TableFiles.Round(0, staged.size()))
                    .call());
        }
        Epoch epoch = epoch(number, staged);
        ledger.append(epoch, number - 1);
        lake.commit(SinkTable.NAME, List.of(new StagedEpoch(RUN, number, PLAN, epoch.staged())));
        ledger.upkeep(epoch);
    }

    private static Epoch epoch(long number, List<StagedFiles> staged) {
        long each = staged.stream().mapToLong(StagedFiles::records).sum() / SPLITS;
        List<Split> splits = IntStream.range(0, SPLITS)
                .mapToObj(partition -> new Split("kafka", "rows", partition, "cm93cy10b3BpYw"))
                .toList();
        return new Epoch(
                number,
                RUN,
                PLAN,
                number,
                splits.stream()
                        .map(split -> new SplitProgress(split, (number - 1) * each, number * each, each))
                        .toList(),
                splits.stream()
                        .map(split -> new OutcomeCount(split, Outcome.ROUTED, SinkTable.NAME.full(), "", each))
                        .toList(),
                staged);
    }

    @Override
    public void close() {
        lake.close();
    }
}
