package dev.firn.connector.iceberg;

import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes that older rows of some keys are gone: one file, or one a partition where a key's rows are always in the same. The keys
 * are at hand until it is written, so what fails is tried again in the holding area.
 */
record KeyDeletes(TargetTable target, KeyColumns key, FilePlaces places) {

    /** Names the files, and hands out the work of writing them. */
    List<Callable<DeleteFile>> of(List<Record> rows) {
        if (target.deletesAreOfAllPartitions()) {
            return List.of(work(null, rows));
        }
        PartitionKey partition = new PartitionKey(target.spec(), target.schema());
        InternalRecordWrapper values = new InternalRecordWrapper(target.schema().asStruct());
        Map<PartitionKey, List<Record>> byPartition = new LinkedHashMap<>();
        for (Record row : rows) {
            partition.partition(values.wrap(row));
            List<Record> known = byPartition.get(partition);
            if (known == null) {
                known = new ArrayList<>();
                byPartition.put(partition.copy(), known);
            }
            known.add(row);
        }
        List<Callable<DeleteFile>> work = new ArrayList<>();
        byPartition.forEach((at, some) -> work.add(work(at, some)));
        return work;
    }

    private Callable<DeleteFile> work(@Nullable PartitionKey partition, List<Record> rows) {
        EncryptedOutputFile file = places.newDeleteFile(partition);
        return () -> write(file, partition, rows);
    }

    private DeleteFile write(EncryptedOutputFile file, @Nullable PartitionKey partition, List<Record> rows) {
        try {
            return written(file, partition, rows);
        } catch (OutsideException failure) {
            places.cannotWrite(failure);
            if (HoldingArea.isHeld(file.encryptingOutputFile().location())) {
                throw failure;
            }
            return written(places.newHeldDataFile(), partition, rows);
        }
    }

    private DeleteFile written(EncryptedOutputFile file, @Nullable PartitionKey partition, List<Record> rows) {
        try {
            EqualityDeleteWriter<Record> writer = target.openDeletes(file, partition);
            try (writer) {
                for (Record row : rows) {
                    writer.write(key.deleted(row));
                }
            }
            return writer.toDeleteFile();
        } catch (IOException | RuntimeException e) {
            throw target.unwritable(e);
        }
    }
}
