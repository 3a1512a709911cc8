package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableCheck.Unasked;
import dev.firn.spi.schema.TableName;
import dev.firn.tables.inspection.DataFileCheck.Noted;
import dev.firn.tables.inspection.Findings.Fault;
import dev.firn.tables.inspection.Storage.Damaged;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;
import org.jspecify.annotations.Nullable;

/**
 * Looks a table through once, from its metadata down to its data files: whether all is there, once, and as long as it should be.
 * Snapshots are told by their places in the table's list, for there may be very many.
 */
final class VerificationTurn {

    private static final String PLANS_FAIL = "no query of these snapshots can be planned";

    /** Where more files of a manifest can't be asked for, it is the storage that is away. */
    private static final int MOST_UNASKED = 20;

    /** So many manifest lists are read at a time. */
    private static final int LISTS = 64;

    private final InspectedLake lake;
    private final TableName name;
    private final Table table;
    private final Depth depth;
    private final Consumer<String> progress;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final LiveFiles live;
    private final FileTotals totals;
    private final Findings findings = new Findings();
    private final Map<String, Listed> manifests = new LinkedHashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Fault> faulty = new HashMap<>();
    private final BitSet unlisted = new BitSet();
    private final List<Unasked> unasked = new ArrayList<>();
    private long footers;

    VerificationTurn(InspectedLake lake, TableName name, Table table, Depth depth, Consumer<String> progress) {
        this.lake = lake;
        this.name = name;
        this.table = table;
        this.depth = depth;
        this.progress = progress;
        table.snapshots().forEach(snapshots::add);
        snapshots.sort(Commits.BY_AGE);
        this.live = LiveFiles.of(table);
        this.totals = new FileTotals(snapshots);
    }

    /** A manifest, and the snapshots that have it. */
    private record Listed(ManifestFile manifest, SnapshotRuns snapshots) {}

    /** A manifest that has a file, and those before that have it, too. */
    private record Seen(Listed in, @Nullable Seen before) {}

    /** What came of reading a manifest list. */
    private record ReadList(List<ManifestFile> manifests, @Nullable Fault fault) {}

    TableCheck run() {
        for (int from = 0; from < snapshots.size(); from += LISTS) {
            progress.accept(String.format("%s: manifest list %,d of %,d", name, from + 1, snapshots.size()));
            lists(from, Math.min(from + LISTS, snapshots.size()));
        }
        int number = 0;
        for (Listed listed : manifests.values()) {
            progress.accept(String.format("%s: manifest %,d of %,d", name, ++number, manifests.size()));
            manifest(listed);
        }
        totals.judge(findings);
        return new TableCheck(
                name,
                new TableCheck.Looked(
                        snapshots.size(),
                        snapshots.size() - unlisted.cardinality(),
                        manifests.size(),
                        seen.size(),
                        footers,
                        totals.uncounted()),
                findings.of(snapshots, table),
                unasked);
    }

    private void lists(int from, int to) {
        ReadList[] lists = new ReadList[to - from];
        Tasks.foreach(IntStream.range(from, to).boxed().toList())
                .executeWith(ThreadPools.getWorkerPool())
                .stopOnFailure()
                .throwFailureWhenFinished()
                .run(place -> lists[place - from] = list(snapshots.get(place)));
        for (int place = from; place < to; place++) {
            ReadList list = lists[place - from];
            if (list.fault() != null) {
                unlisted.set(place);
                totals.unknown(SnapshotRuns.of(place));
                findings.add(
                        String.valueOf(snapshots.get(place).manifestListLocation()),
                        list.fault(),
                        SnapshotRuns.of(place));
            }
            for (ManifestFile manifest : list.manifests()) {
                manifests
                        .computeIfAbsent(manifest.path(), path -> new Listed(manifest, new SnapshotRuns()))
                        .snapshots()
                        .add(place);
            }
        }
    }

    private ReadList list(Snapshot snapshot) {
        String path = snapshot.manifestListLocation();
        if (path == null) {
            return new ReadList(live.manifests(snapshot), null);
        }
        try {
            return new ReadList(Storage.read(table.io().newInputFile(path), file -> live.manifests(snapshot)), null);
        } catch (Damaged e) {
            return new ReadList(List.of(), broken("manifest-list", e));
        }
    }

    private Fault broken(String what, Damaged damage) {
        return damage.isMissing()
                ? new Fault("missing-" + what, "it is not there", PLANS_FAIL)
                : new Fault("unreadable-" + what, "it can't be read: " + lake.words(damage), PLANS_FAIL);
    }

    private void manifest(Listed listed) {
        ManifestFile manifest = listed.manifest();
        InputFile file = table.io().newInputFile(manifest.path());
        OptionalLong length = Storage.length(file);
        if (length.isEmpty()) {
            lost(listed, new Fault("missing-manifest", "it is not there", PLANS_FAIL));
            return;
        }
        if (length.getAsLong() != manifest.length()) {
            lost(
                    listed,
                    new Fault(
                            length.getAsLong() < manifest.length() ? "truncated-manifest" : "changed-manifest",
                            String.format(
                                    "it has %,d bytes, and the manifest list says %,d",
                                    length.getAsLong(), manifest.length()),
                            PLANS_FAIL));
            return;
        }
        try {
            files(listed, Storage.read(file, same -> noted(manifest)));
        } catch (Damaged e) {
            lost(listed, broken("manifest", e));
        }
    }

    private List<Noted> noted(ManifestFile manifest) {
        List<Noted> files = new ArrayList<>();
        live.each(manifest, each -> files.add(Noted.of(each)));
        return files;
    }

    /** Without it, a snapshot's files can't be counted. */
    private void lost(Listed listed, Fault fault) {
        findings.add(listed.manifest().path(), fault, listed.snapshots());
        totals.unknown(listed.snapshots());
    }

    private void files(Listed listed, List<Noted> files) {
        Integer added = listed.manifest().addedFilesCount();
        Integer existing = listed.manifest().existingFilesCount();
        if (added != null && existing != null && (long) added + existing != files.size()) {
            lost(
                    listed,
                    new Fault(
                            "wrong-file-count",
                            String.format(
                                    "it has %,d files, and the manifest list says %,d",
                                    files.size(), (long) added + existing),
                            "queries of these snapshots may read too few rows, or too many"));
        }
        totals.add(listed.snapshots(), files);
        look(files.stream().filter(file -> !seen.containsKey(file.path())).toList());
        for (Noted file : files) {
            Fault fault = faulty.get(file.path());
            if (fault != null) {
                findings.add(file.path(), fault, listed.snapshots());
            }
            note(listed, file);
        }
    }

    private void look(List<Noted> unseen) {
        DataFileCheck check = new DataFileCheck(lake, table.io(), depth);
        Map<String, Fault> faults = new ConcurrentHashMap<>();
        Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
        Tasks.foreach(unseen)
                .executeWith(ThreadPools.getWorkerPool())
                .stopOnFailure()
                .throwFailureWhenFinished()
                .run(file -> {
                    try {
                        check.of(file).ifPresent(fault -> faults.put(file.path(), fault));
                    } catch (RuntimeException e) {
                        failures.put(file.path(), e);
                        if (failures.size() > MOST_UNASKED) {
                            throw e;
                        }
                    }
                });
        faulty.putAll(faults);
        failures.forEach((path, failure) -> unasked.add(new Unasked(path, lake.words(failure))));
        footers += depth == Depth.FOOTERS ? unseen.size() : 0;
    }

    /** A data file that a snapshot has twice is read twice. */
    private void note(Listed listed, Noted file) {
        Seen before = seen.get(file.path());
        if (file.content() == FileContent.DATA) {
            for (Seen each = before; each != null; each = each.before()) {
                SnapshotRuns both = each.in().snapshots().and(listed.snapshots());
                if (!both.isEmpty()) {
                    findings.add(
                            file.path(),
                            new Fault(
                                    "doubled-data-file",
                                    "these snapshots have it twice",
                                    String.format("each query reads the %,d rows in it twice", file.rows())),
                            both);
                }
            }
        }
        if (before == null
                || !before.in().manifest().path().equals(listed.manifest().path())) {
            seen.put(file.path(), new Seen(listed, before));
        }
    }
}
