package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots that epochs of one table become, all within one transaction.
 *
 * <pre>
 *   rows alone              all epochs in one snapshot; staged manifests are appended as they are
 *   rows that replace rows  a snapshot for each round of each epoch, in order: a delete reaches only older snapshots
 * </pre>
 *
 * Each writer has its own rounds, and no key has two writers, so the first rounds of all writers share a snapshot, and so on.
 */
record EpochSteps(LakeTables tables, TableMarks marks, HeldFiles held) {

    /** A table may have waited for a day, and what one commit has to name is in memory. */
    static final int MOST_EPOCHS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(EpochSteps.class);

    /** A snapshot that is yet to be made. */
    @FunctionalInterface
    interface Step {
        void commit(Transaction transaction);
    }

    /** What is appended, or replaces rows, in one snapshot. */
    private record Part(List<StagedEpoch> epochs, boolean replaces, Optional<String> which) {

        private List<StagedFiles> files() {
            return epochs.stream().flatMap(epoch -> epoch.files().stream()).toList();
        }

        private boolean takes(Part next) {
            return !replaces && !next.replaces;
        }

        private Part and(Part next) {
            List<StagedEpoch> all = new ArrayList<>(epochs);
            all.addAll(next.epochs);
            return new Part(all, false, Optional.empty());
        }
    }

    /** Epochs as they go into one transaction: all, or some of them where each becomes a snapshot of its own. */
    static List<List<StagedEpoch>> transactions(List<StagedEpoch> epochs) {
        boolean replacing = epochs.stream()
                .flatMap(epoch -> epoch.files().stream())
                .anyMatch(files -> files.changeRows() && StagedManifest.deletes(files) != null);
        if (!replacing) {
            return List.of(epochs);
        }
        List<List<StagedEpoch>> some = new ArrayList<>();
        for (int from = 0; from < epochs.size(); from += MOST_EPOCHS) {
            some.add(epochs.subList(from, Math.min(epochs.size(), from + MOST_EPOCHS)));
        }
        return some;
    }

    /** Copies what is held in front of the first of them. */
    List<Step> of(Table table, List<StagedEpoch> epochs) {
        List<Part> parts = new ArrayList<>();
        for (StagedEpoch epoch : epochs) {
            for (Part part : parts(epoch)) {
                int last = parts.size() - 1;
                if (last >= 0 && parts.get(last).takes(part)) {
                    parts.set(last, parts.get(last).and(part));
                } else {
                    parts.add(part);
                }
            }
        }
        return parts.stream()
                .map(part -> part.replaces() ? replacing(table, part) : appending(table, part))
                .toList();
    }

    /**
     * The rounds of an epoch; files without deletes go before them. Iceberg takes rows of one partition spec only, and where some
     * writers have seen that a table has another one by now, each spec has a snapshot.
     */
    private static List<Part> parts(StagedEpoch epoch) {
        List<StagedFiles> withRows =
                epoch.files().stream().filter(StagedFiles::changeRows).toList();
        Map<Long, List<StagedFiles>> byWriter = new TreeMap<>(withRows.stream()
                .filter(files -> StagedManifest.deletes(files) != null)
                .collect(Collectors.groupingBy(EpochSteps::writer)));
        if (byWriter.isEmpty()) {
            return List.of(new Part(List.of(epoch.with(withRows)), false, Optional.empty()));
        }
        SortedMap<Place, List<StagedFiles>> rounds = new TreeMap<>();
        byWriter.values().forEach(files -> {
            List<StagedFiles> inOrder = files.stream()
                    .sorted(Comparator.comparingLong(EpochSteps::round))
                    .toList();
            for (int round = 0; round < inOrder.size(); round++) {
                add(inOrder.get(round), round, rounds);
            }
        });
        withRows.stream()
                .filter(files -> StagedManifest.deletes(files) == null)
                .forEach(files -> add(files, -1, rounds));
        List<Part> parts = new ArrayList<>();
        for (List<StagedFiles> files : rounds.values()) {
            int number = parts.size() + 1;
            parts.add(new Part(
                    List.of(epoch.with(files)),
                    true,
                    number < rounds.size() ? Optional.of(number + " of " + rounds.size()) : Optional.empty()));
        }
        return parts;
    }

    /** Where files of an epoch stand in its order. */
    private record Place(int round, int spec) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return round == other.round ? Integer.compare(spec, other.spec) : Integer.compare(round, other.round);
        }
    }

    private static void add(StagedFiles files, int round, SortedMap<Place, List<StagedFiles>> rounds) {
        Place place = new Place(round, StagedManifest.of(files).partitionSpecId());
        rounds.computeIfAbsent(place, first -> new ArrayList<>()).add(files);
    }

    private static long writer(StagedFiles files) {
        return deletes(files).writer();
    }

    private static long round(StagedFiles files) {
        return deletes(files).round();
    }

    private static StagedPointer.Deletes deletes(StagedFiles files) {
        StagedPointer.Deletes deletes = StagedManifest.deletes(files);
        if (deletes == null) {
            throw new IllegalStateException("our bug: files of " + files.table() + " without deletes");
        }
        return deletes;
    }

    private Step appending(Table table, Part part) {
        List<ManifestFile> manifests = part.files().stream()
                .map(files -> held.inTable(marks.table(), table, StagedManifest.of(files)))
                .toList();
        return transaction -> {
            AppendFiles append = transaction.newAppend();
            append.scanManifestsWith(new CallerThread());
            marks.writeTo(append, part.epochs());
            manifests.forEach(append::appendManifest);
            if (LakeTables.operations(table).current().formatVersion() > 1) {
                // Iceberg counts the files of a manifest but does not know their size, and would say that the table
                // has none.
                append.set(
                        SnapshotSummary.ADDED_FILE_SIZE_PROP,
                        Long.toString(part.files().stream()
                                .mapToLong(StagedFiles::bytes)
                                .sum()));
            }
            append.commit();
        };
    }

    /** Iceberg appends no manifest of deletes, so the files are taken one by one, and the manifests are of no use behind it. */
    private Step replacing(Table table, Part part) {
        List<DataFile> rows = new ArrayList<>();
        List<DeleteFile> deletes = new ArrayList<>();
        for (StagedFiles files : part.files()) {
            for (ManifestFile staged : StagedManifest.all(files)) {
                ManifestFile manifest = held.inTable(marks.table(), table, staged);
                switch (manifest.content()) {
                    case DATA -> rows.addAll(ManifestContents.dataFiles(manifest, table.io(), table.specs()));
                    case DELETES -> ManifestContents.deleteFiles(manifest, table.io(), table.specs())
                            .forEach(file -> deletes.add(ofAllPartitions(table, file)));
                }
            }
        }
        return transaction -> {
            RowDelta delta = transaction.newRowDelta();
            delta.scanManifestsWith(new CallerThread());
            marks.writeTo(delta, part.epochs());
            part.which().ifPresent(which -> delta.set(TableMarks.PART, which));
            rows.forEach(delta::addRows);
            deletes.forEach(delta::addDeletes);
            delta.commit();
        };
    }

    /**
     * A delete of one partition is staged while the table has no other spec. Where it has one by now, somebody may have written rows anew under
     * that, which the delete would not reach; it has nothing in it but keys, so it can be of all partitions as well.
     */
    private DeleteFile ofAllPartitions(Table table, DeleteFile file) {
        if (table.specs().size() == 1 || specOf(table, file).isUnpartitioned()) {
            return file;
        }
        FileMetadata.Builder all = FileMetadata.deleteFileBuilder(
                        DeletesSpec.ofAllPartitions(marks.table(), table, tables.outside()))
                .ofEqualityDeletes(file.equalityFieldIds().stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .withPath(file.path().toString())
                .withFormat(file.format())
                .withFileSizeInBytes(file.fileSizeInBytes())
                .withMetrics(new Metrics(
                        file.recordCount(),
                        file.columnSizes(),
                        file.valueCounts(),
                        file.nullValueCounts(),
                        file.nanValueCounts(),
                        file.lowerBounds(),
                        file.upperBounds()));
        return (file.keyMetadata() == null ? all : all.withEncryptionKeyMetadata(file.keyMetadata())).build();
    }

    private static PartitionSpec specOf(Table table, DeleteFile file) {
        return Objects.requireNonNull(table.specs().get(file.specId()));
    }

    /** Deletes manifests that no snapshot names, once the table has what they name. Whatever fails here is left for cleaners. */
    void release(List<StagedEpoch> epochs, String incarnation) {
        Map<String, StagedFiles> replacing = new HashMap<>();
        for (StagedEpoch epoch : epochs) {
            for (StagedFiles files : epoch.files()) {
                if (files.changeRows()
                        && files.incarnation().equals(incarnation)
                        && StagedManifest.deletes(files) != null) {
                    StagedManifest.all(files).forEach(manifest -> replacing.put(manifest.path(), files));
                }
            }
        }
        replacing.keySet().removeIf(HoldingArea::isHeld);
        if (replacing.isEmpty()) {
            return;
        }
        try {
            FileIO io = tables.load(marks.table()).io();
            replacing.keySet().forEach(io::deleteFile);
        } catch (RuntimeException e) {
            LOG.warn("Manifests of table {} that nobody needs any more could not be deleted", marks.table(), e);
        }
    }
}
