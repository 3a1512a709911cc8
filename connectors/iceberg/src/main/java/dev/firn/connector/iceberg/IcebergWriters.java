package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.data.Record;

/** Writes rows through Iceberg's public generic appenders; quarantine is one more table. */
final class IcebergWriters implements TableWriters {

    /** A table that somebody alters is written with its new schema about this much later. */
    static final Duration TABLES_FRESH_FOR = Duration.ofMinutes(1);

    private final LakeNames names;
    private final WriterSettings settings;
    private final ExecutorService threads;
    private final TargetTables targets;
    private final Decoders decoders = new Decoders();
    private final Map<TableName, Open> open = new TreeMap<>();

    IcebergWriters(LakeTables tables, LakeNames names, WriterSettings settings, Duration tablesFreshFor) {
        this.names = names;
        this.settings = settings;
        this.threads = LookThreads.start(settings.subtask());
        // Whoever wants to see every change at once waits for each look.
        Executor looking = tablesFreshFor.isZero() ? Runnable::run : threads;
        this.targets = new TargetTables(
                tables, names.pipeline(), settings, new TargetTables.Looks(tablesFreshFor, looking), decoders::forget);
    }

    @Override
    public List<Optional<Rejected>> write(TableName table, FormatReader format, int schemaId, List<RawRecord> batch) {
        Open files = open(table);
        List<Optional<Rejected>> outcomes = new ArrayList<>(batch.size());
        RowDecoder decoder;
        try {
            decoder = decoders.decoder(files.target(), format, schemaId);
        } catch (Rejected allOfThem) {
            Optional<Rejected> outcome = Optional.of(allOfThem);
            batch.forEach(record -> outcomes.add(outcome));
            return outcomes;
        }
        for (RawRecord record : batch) {
            outcomes.add(write(files, decoder, record));
        }
        return outcomes;
    }

    @Override
    public void quarantine(List<QuarantinedRecord> records) {
        Open files = open(names.quarantine());
        QuarantineTable.Rows rows = new QuarantineTable.Rows(files.target(), names.pipeline(), settings.run());
        Instant now = Instant.now();
        for (QuarantinedRecord record : records) {
            files.files().write(rows.row(record, now));
        }
    }

    @Override
    public List<StagedFiles> stage() {
        List<StagedFiles> staged = new ArrayList<>();
        for (Open files : open.values()) {
            files.files().stage().ifPresent(staged::add);
        }
        // Only now, when the caller gets them: until here a failure leaves files that close() may delete.
        open.clear();
        return staged;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.values().forEach(files -> files.files().abandon());
        open.clear();
    }

    private Open open(TableName table) {
        return open.computeIfAbsent(table, name -> {
            TargetTable target = targets.current(name);
            return new Open(target, new OpenFiles(target));
        });
    }

    private static Optional<Rejected> write(Open files, RowDecoder decoder, RawRecord record) {
        Record row;
        try {
            row = (Record) record.row(decoder);
        } catch (Rejected rejected) {
            return Optional.of(rejected);
        }
        files.files().write(row);
        return Optional.empty();
    }

    private record Open(TargetTable target, OpenFiles files) {}
}
