package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaRollback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;

/**
 * Finds out what it takes to take a table's columns back to a version of a subject; looks at nothing but its metadata.
 *
 * <pre>
 *   ids of the version and of those before --+
 *                                            +--> of newer versions alone --> go, unless others write to them
 *   ids of newer versions -------------------+
 *   ids of neither -----------------------------> somebody else's --> stay
 * </pre>
 */
final class RollbackPlanner {

    private final RollbackTarget to;
    private final TableMetadata metadata;
    private final TableBindings bindings;
    private final RollbackVersions versions;
    private final ColumnTree columns;
    private final Map<String, ColumnPath.Place> places;
    private final Set<Integer> going;

    RollbackPlanner(RollbackTarget to, TableMetadata metadata, String pipeline) {
        this.to = to;
        this.metadata = metadata;
        this.bindings = TableBindings.in(metadata.properties(), pipeline);
        this.versions = new RollbackVersions(to, bindings);
        this.columns = new ColumnTree(metadata.schema());
        this.places = ColumnPath.places(IcebergTypes.columns(to.table().full(), metadata.schema()));
        this.going = new TreeSet<>();
        versions.newerIds().values().forEach(going::addAll);
        going.retainAll(columns.ids());
        going.removeAll(columns.written(versions.keptIds()));
    }

    SchemaRollback plan() {
        List<SchemaRollback.Newer> newer = newer();
        Optional<Map.Entry<WriterSchema, SchemaBinding>> written = versions.written();
        if (written.isEmpty()) {
            return new SchemaRollback(
                    to,
                    String.valueOf(metadata.uuid()),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    newer,
                    List.of(neverWritten()));
        }
        List<SchemaRollback.Renamed> renamed = renamed();
        return new SchemaRollback(
                to,
                String.valueOf(metadata.uuid()),
                gone(),
                renamed,
                stays(written.get().getKey(), written.get().getValue(), renamed),
                withoutColumn(written.get().getKey(), written.get().getValue()),
                newer,
                obstacles());
    }

    /** What is done to the columns. */
    static List<TableEdit> edits(SchemaRollback rollback) {
        return Stream.concat(
                        rollback.gone().stream().map(gone -> new TableEdit.DropColumn(gone.id())),
                        rollback.renamed().stream().map(back -> new TableEdit.RenameColumn(back.id(), back.to())))
                .map(TableEdit.class::cast)
                .toList();
    }

    private String neverWritten() {
        Optional<RolledBack> before = to.lineages().stream()
                .flatMap(lineage -> bindings.rolledBack(lineage.schema()).stream())
                .findFirst();
        return before.map(mark -> "table `" + to.table() + "` was taken back from version " + to.version()
                        + " to version " + mark.to() + "; `--undo` lets the newer versions go on")
                .orElse("no record of version " + to.version() + " of `" + to.subject() + "` has come to table `"
                        + to.table() + "`, so it never had that schema");
    }

    private List<SchemaRollback.Newer> newer() {
        List<SchemaRollback.Newer> newer = new ArrayList<>();
        Set<String> written = versions.newerIds().keySet();
        versions.newer()
                .forEach((fingerprint, writer) -> newer.add(new SchemaRollback.Newer(
                        fingerprint,
                        versions.name(fingerprint),
                        written.contains(fingerprint),
                        bindings.rolledBack(writer)
                                .filter(mark -> mark.to().equals(Integer.toString(to.version())))
                                .isPresent())));
        return newer;
    }

    private List<SchemaRollback.Gone> gone() {
        return outermost()
                .map(id -> new SchemaRollback.Gone(
                        id, columns.path(id), place(id).type().toString(), since(id)))
                .toList();
    }

    private Stream<Integer> outermost() {
        return going.stream().filter(id -> columns.isNamed(id) && !columns.isInside(id, going));
    }

    private ColumnPath.Place place(int id) {
        return Optional.ofNullable(places.get(columns.path(id)))
                .orElseThrow(() -> new IllegalStateException("our bug: no place at " + columns.path(id)));
    }

    private String since(int id) {
        return versions.newerIds().entrySet().stream()
                .filter(version -> version.getValue().contains(id))
                .map(version -> versions.name(version.getKey()))
                .findFirst()
                .orElseThrow();
    }

    /** A name that neither side knows somebody else has given; it stays. */
    private List<SchemaRollback.Renamed> renamed() {
        List<SchemaRollback.Renamed> renamed = new ArrayList<>();
        for (int id : columns.ids()) {
            if (columns.isNamed(id) && !going.contains(id)) {
                wantedName(id)
                        .filter(name -> nameIsFree(id, name))
                        .ifPresent(name -> renamed.add(new SchemaRollback.Renamed(id, columns.path(id), name)));
            }
        }
        return renamed;
    }

    private Optional<String> wantedName(int id) {
        String now = columns.field(id).name();
        return versions.nameOf(id).filter(name -> !name.equals(now) && versions.isNamedByNewer(id, now));
    }

    private boolean nameIsFree(int id, String name) {
        return columns.siblings(id).stream()
                .filter(other -> !going.contains(other) && wantedName(other).isEmpty())
                .noneMatch(other -> columns.field(other).name().equalsIgnoreCase(name));
    }

    private List<SchemaRollback.Stays> stays(
            WriterSchema writer, SchemaBinding binding, List<SchemaRollback.Renamed> renamed) {
        List<SchemaRollback.Stays> stays = new ArrayList<>();
        ColumnPath.places(writer.columns()).forEach((path, was) -> {
            Integer id = binding.columns().get(path);
            if (id != null && columns.has(id)) {
                differences(new Bound(id, path, was, place(id)), renamed)
                        .forEach(why -> stays.add(new SchemaRollback.Stays(columns.path(id), why)));
            }
        });
        somebodyElses()
                .forEach(id -> stays.add(new SchemaRollback.Stays(
                        columns.path(id), "no record that came has it: somebody else has added it, or a plan has")));
        return stays;
    }

    /** A field of the version, and what it is in the table. */
    private record Bound(int id, String path, ColumnPath.Place was, ColumnPath.Place is) {}

    private List<String> differences(Bound bound, List<SchemaRollback.Renamed> renamed) {
        List<String> differences = new ArrayList<>();
        String version = "version " + to.version();
        String name = bound.path().substring(bound.path().lastIndexOf('.') + 1);
        if (columns.isNamed(bound.id())
                && !columns.field(bound.id()).name().equals(name)
                && renamed.stream().noneMatch(back -> back.id() == bound.id())) {
            differences.add(version + " calls it `" + name + "`; "
                    + (wantedName(bound.id()).isPresent()
                            ? "another column has that name"
                            : "somebody else has renamed it"));
        }
        if (columns.field(bound.id()).type().isPrimitiveType()
                && !bound.is().type().equals(bound.was().type())) {
            differences.add("is " + bound.is().type() + "; " + version + " has "
                    + bound.was().type());
        }
        if (bound.is().isOptional() && !bound.was().isOptional()) {
            differences.add("may be null; in " + version + " it may not");
        }
        return differences;
    }

    private Stream<Integer> somebodyElses() {
        Set<Integer> known = new TreeSet<>();
        bindings.texts().values().forEach(text -> known.addAll(columns.written(BindingText.ids(text))));
        Set<Integer> strange = new TreeSet<>(columns.ids());
        strange.removeAll(known);
        return strange.stream().filter(id -> columns.isNamed(id) && !columns.isInside(id, strange));
    }

    private List<String> withoutColumn(WriterSchema writer, SchemaBinding binding) {
        return writer.fields().stream()
                .filter(path -> !Optional.ofNullable(binding.columns().get(path))
                        .filter(columns::has)
                        .isPresent())
                .toList();
    }

    private List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        versions.othersIds().forEach((who, ids) -> going.stream()
                .filter(columns.written(ids)::contains)
                .filter(id -> !columns.isInside(id, going))
                .forEach(id -> obstacles.add("column `" + columns.path(id) + "` would go, and " + who)));
        Set<Integer> all = new TreeSet<>(going);
        outermost().forEach(id -> {
            for (int inside : columns.inside(id)) {
                if (all.add(inside)) {
                    obstacles.add("column `" + columns.path(inside) + "`, which is in no version, would go with `"
                            + columns.path(id) + "`");
                }
            }
        });
        // Of older partitions, too: files that were written by them could not be read any more.
        Set<Integer> partitioned = new TreeSet<>();
        metadata.specs().forEach(spec -> spec.fields().forEach(field -> partitioned.add(field.sourceId())));
        partitioned.forEach(id -> of(all, id, "the table is or was partitioned by it", obstacles));
        metadata.sortOrder()
                .fields()
                .forEach(field -> of(all, field.sourceId(), "the table is sorted by it", obstacles));
        metadata.schema()
                .identifierFieldIds()
                .forEach(id -> of(all, id, "it is an identifier of the table", obstacles));
        return obstacles;
    }

    private void of(Set<Integer> all, int id, String why, List<String> obstacles) {
        if (all.contains(id)) {
            obstacles.add("column `" + columns.path(id) + "` would go, and " + why);
        }
    }
}
