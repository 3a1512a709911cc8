package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Text;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.InspectedCatalog.Part;
import dev.firn.spi.inspection.TableDetails;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** Describes a table as of one of its snapshots. */
final class Details {

    /** What others than Firn call secrets. */
    private static final Pattern FOREIGN_SECRET = Pattern.compile(
            "(access|account|private|shared|api|secret|encryption|master).?key|pass|pwd|connection.?string|signature|(^|[._-])(sas|auth)([._-]|$)");

    private final InspectedLake lake;
    private final TableName name;
    private final Table table;
    private final @Nullable Snapshot shown;
    private final Set<Part> parts;
    private final LiveFiles live;
    private final List<String> notes = new ArrayList<>();

    /** @param shown null where the table has no snapshot */
    Details(InspectedLake lake, TableName name, Table table, @Nullable Snapshot shown, Set<Part> parts) {
        this.lake = lake;
        this.name = name;
        this.table = table;
        this.shown = shown;
        this.parts = parts;
        this.live = LiveFiles.of(table);
    }

    TableDetails of() {
        Facts facts = new Facts(name, table);
        Schema schema = schema();
        TableMetadata metadata = InspectedLake.metadata(table);
        return new TableDetails(
                facts.of(),
                InspectedLake.withoutCredentials(table.location()),
                metadata.formatVersion(),
                String.valueOf(metadata.uuid()),
                shown == null ? OptionalLong.empty() : OptionalLong.of(shown.snapshotId()),
                shown == null ? Counts.NOTHING : counts(facts, shown),
                Columns.of(schema),
                partitioning(table.spec()),
                sorting(table.sortOrder()),
                commits(),
                files(),
                partitions(),
                manifests(),
                refs(),
                properties(),
                notes);
    }

    /** Who looks for the snapshot that is still whole must see the others, too. */
    private Counts counts(Facts facts, Snapshot snapshot) {
        try {
            return facts.counts(snapshot);
        } catch (RuntimeException e) {
            notes.add("the counts are what the snapshot says itself, for its manifests can't be read: " + lake.words(e)
                    + "; `firn table verify` says more");
            return Facts.said(snapshot);
        }
    }

    private Schema schema() {
        Integer id = shown == null || shown.equals(table.currentSnapshot()) ? null : shown.schemaId();
        Schema then = id == null ? null : table.schemas().get(id);
        return then == null ? table.schema() : then;
    }

    private List<TableDetails.PartitionField> partitioning(PartitionSpec spec) {
        return spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(field -> new TableDetails.PartitionField(
                        field.fieldId(),
                        field.name(),
                        column(field.sourceId()),
                        field.transform().toString()))
                .toList();
    }

    private List<TableDetails.SortField> sorting(SortOrder order) {
        return order.fields().stream()
                .map(field -> new TableDetails.SortField(
                        column(field.sourceId()),
                        field.transform().toString(),
                        field.direction().name().toLowerCase(Locale.ROOT),
                        field.nullOrder().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .toList();
    }

    private String column(int id) {
        String column = table.schema().findColumnName(id);
        return column == null ? "column " + id : column;
    }

    private List<TableDetails.Commit> commits() {
        return shown == null || !parts.contains(Part.SNAPSHOTS)
                ? List.of()
                : new Commits(lake, name, table).all(shown, notes::add);
    }

    private List<TableDetails.File> files() {
        List<TableDetails.File> files = new ArrayList<>();
        if (shown != null && parts.contains(Part.FILES)) {
            live.each(shown, file -> files.add(file(file)));
        }
        files.sort(Comparator.comparing(TableDetails.File::partition)
                .thenComparing(TableDetails.File::sequence)
                .thenComparing(TableDetails.File::path));
        return files;
    }

    private TableDetails.File file(ContentFile<?> file) {
        Long sequence = file.dataSequenceNumber();
        return new TableDetails.File(
                file.path().toString(),
                words(file.content()),
                file.format().name().toLowerCase(Locale.ROOT),
                live.partition(file),
                file.recordCount(),
                file.fileSizeInBytes(),
                sequence == null ? 0 : sequence);
    }

    private static String words(FileContent content) {
        return content.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private List<TableDetails.Partition> partitions() {
        SortedMap<String, Counts> sums = new TreeMap<>();
        if (shown != null && parts.contains(Part.PARTITIONS)) {
            live.each(shown, file -> sums.merge(live.partition(file), LiveFiles.counts(file), Counts::plus));
        }
        return sums.entrySet().stream()
                .map(sum -> new TableDetails.Partition(sum.getKey(), sum.getValue()))
                .toList();
    }

    private List<TableDetails.Manifest> manifests() {
        return shown == null || !parts.contains(Part.MANIFESTS)
                ? List.of()
                : shown.allManifests(table.io()).stream().map(Details::manifest).toList();
    }

    private static TableDetails.Manifest manifest(ManifestFile manifest) {
        Long snapshot = manifest.snapshotId();
        return new TableDetails.Manifest(
                manifest.path(),
                manifest.content() == ManifestContent.DATA ? "data" : "deletes",
                manifest.length(),
                manifest.partitionSpecId(),
                count(manifest.addedFilesCount()),
                count(manifest.existingFilesCount()),
                count(manifest.deletedFilesCount()),
                snapshot == null ? 0 : snapshot);
    }

    private static long count(@Nullable Integer figure) {
        return figure == null ? 0 : figure;
    }

    private List<TableDetails.Ref> refs() {
        List<TableDetails.Ref> refs = new ArrayList<>();
        if (parts.contains(Part.REFS)) {
            new TreeMap<>(table.refs()).forEach((ref, to) -> refs.add(ref(ref, to)));
        }
        return refs;
    }

    private TableDetails.Ref ref(String ref, SnapshotRef to) {
        return new TableDetails.Ref(
                ref,
                to.isBranch() ? "branch" : "tag",
                to.snapshotId(),
                Optional.ofNullable(table.snapshot(to.snapshotId()))
                        .map(Snapshot::timestampMillis)
                        .map(Instant::ofEpochMilli));
    }

    /** A value that may be a secret is not shown. */
    private SortedMap<String, String> properties() {
        SortedMap<String, String> properties = new TreeMap<>();
        if (parts.contains(Part.PROPERTIES)) {
            table.properties().forEach((key, value) -> properties.put(key, shown(key, value)));
        }
        return properties;
    }

    private static String shown(String key, String value) {
        return FOREIGN_SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()
                ? Masking.masked(value)
                : InspectedLake.withoutCredentials(Masking.shown(key, new Text(value)));
    }
}
