package dev.firn.tables.inspection;

import dev.firn.spi.inspection.TableCheck.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** Gathers what is wrong with files, and the snapshots that each hurts. */
final class Findings {

    /** What is wrong with a file. */
    record Fault(String kind, String problem, String meaning) {}

    private record Place(String path, String kind) {}

    /** @param snapshots that need the file, as many manifests have it */
    private record Hurt(Fault fault, List<SnapshotRuns> snapshots) {}

    private final Map<Place, Hurt> files = new LinkedHashMap<>();

    /** Of a fault that is known, the snapshots are added to those that it hurts. */
    void add(String path, Fault fault, SnapshotRuns snapshots) {
        files.computeIfAbsent(new Place(path, fault.kind()), place -> new Hurt(fault, new ArrayList<>(1)))
                .snapshots()
                .add(snapshots);
    }

    /** @param snapshots of the table, oldest first */
    List<Finding> of(List<Snapshot> snapshots, Table table) {
        Snapshot current = table.currentSnapshot();
        // Files of one manifest are missed by the same snapshots, whose numbers are kept once.
        Map<List<SnapshotRuns>, List<Long>> numbers = new HashMap<>();
        Map<List<SnapshotRuns>, List<String>> refs = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        files.forEach((place, hurt) -> {
            List<Long> hurts = numbers.computeIfAbsent(hurt.snapshots(), runs -> numbers(runs, snapshots));
            findings.add(new Finding(
                    place.kind(),
                    place.path(),
                    hurt.fault().problem(),
                    hurt.fault().meaning(),
                    hurts,
                    current != null && hurts.contains(current.snapshotId()),
                    refs.computeIfAbsent(hurt.snapshots(), runs -> refs(table, hurts))));
        });
        return findings;
    }

    private static List<String> refs(Table table, List<Long> snapshots) {
        return table.refs().entrySet().stream()
                .filter(ref -> !ref.getKey().equals(SnapshotRef.MAIN_BRANCH)
                        && snapshots.contains(ref.getValue().snapshotId()))
                .map(ref -> (ref.getValue().isBranch() ? "branch " : "tag ") + ref.getKey())
                .sorted()
                .toList();
    }

    private static List<Long> numbers(List<SnapshotRuns> runs, List<Snapshot> snapshots) {
        return runs.stream()
                .flatMap(run -> run.places().boxed())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(place -> snapshots.get(place).snapshotId())
                .toList();
    }
}
