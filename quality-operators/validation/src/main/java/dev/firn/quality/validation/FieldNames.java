package dev.firn.quality.validation;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which fields of one version of a record the file's names mean. A name means the field that has it; else the one that had it in a version
 * before, or will have it in a later one, as the versions themselves say. So a file that is written for one version says the same of all.
 *
 * <pre>
 *   file        drop: [client]
 *   version 2   client (was cust)      client is that field
 *   version 1   cust                   client is this field, for version 2 says so
 * </pre>
 */
final class FieldNames {

    private final WriterSchema writer;
    private final Set<String> planned;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Asks for the versions of a subject; only where a version by itself does not say what a name means. */
    @FunctionalInterface
    interface Versions {
        List<SchemaLineage> all() throws Rejected;
    }

    private FieldNames(WriterSchema writer, Set<String> planned) {
        this.writer = writer;
        this.planned = planned;
    }

    /**
     * @param names that the file has
     * @param planned the columns that the file was written for: one of their names is never another's past
     */
    static FieldNames of(Set<String> names, TableSchema planned, WriterSchema writer, Versions versions)
            throws Rejected {
        FieldNames found = new FieldNames(
                writer, Set.copyOf(planned.columns().stream().map(Column::name).toList()));
        names.stream().filter(name -> has(writer, name)).forEach(name -> found.take(name, name));
        // What no record was known to have is new: a column that is computed.
        List<String> known = names.stream().filter(found.planned::contains).toList();
        known.forEach(name -> found.takeFirst(name, found.by(name)));
        if (!found.fields.keySet().containsAll(known)) {
            for (SchemaLineage lineage : versions.all()) {
                known.forEach(name -> found.takeFirst(name, found.through(lineage, name)));
            }
        }
        return found;
    }

    /** The field of a name; empty where the version has none that it could mean. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private void take(String name, String field) {
        fields.put(name, field);
        taken.add(field);
    }

    private void takeFirst(String name, Stream<String> candidates) {
        if (!fields.containsKey(name)) {
            candidates
                    .filter(field -> !taken.contains(field) && !planned.contains(field))
                    .findFirst()
                    .ifPresent(field -> take(name, field));
        }
    }

    private Stream<String> by(String former) {
        return names(writer).filter(field -> former(writer, field).contains(former));
    }

    /** By the newest version that has such a field, else by the nearest before. */
    private Stream<String> through(SchemaLineage lineage, String name) {
        int own = lineage.own();
        int newest = lineage.versions().size() - 1;
        return Stream.concat(
                        IntStream.range(0, newest - own).mapToObj(back -> back(lineage, newest - back, name)),
                        IntStream.range(0, own).mapToObj(back -> forth(lineage, own - 1 - back, name)))
                .flatMap(Optional::stream);
    }

    private static Optional<String> back(SchemaLineage lineage, int from, String name) {
        Optional<String> called =
                Optional.of(name).filter(there -> has(lineage.versions().get(from), there));
        for (int version = from - 1; version >= lineage.own(); version--) {
            WriterSchema older = lineage.versions().get(version);
            WriterSchema newer = lineage.versions().get(version + 1);
            called = called.flatMap(now -> Stream.concat(Stream.of(now), former(newer, now).stream())
                    .filter(before -> has(older, before))
                    .filter(before -> before.equals(now) || !has(newer, before))
                    .findFirst());
        }
        return called;
    }

    private static Optional<String> forth(SchemaLineage lineage, int from, String name) {
        Optional<String> called =
                Optional.of(name).filter(there -> has(lineage.versions().get(from), there));
        for (int version = from + 1; version <= lineage.own(); version++) {
            WriterSchema newer = lineage.versions().get(version);
            WriterSchema older = lineage.versions().get(version - 1);
            called = called.flatMap(before -> has(newer, before)
                    ? Optional.of(before)
                    : names(newer)
                            .filter(now ->
                                    !has(older, now) && former(newer, now).contains(before))
                            .findFirst());
        }
        return called;
    }

    private static Stream<String> names(WriterSchema schema) {
        return schema.columns().columns().stream().map(Column::name);
    }

    private static boolean has(WriterSchema schema, String name) {
        return schema.columns().column(name).isPresent();
    }

    private static List<String> former(WriterSchema schema, String field) {
        return schema.formerNames().getOrDefault(field, List.of());
    }
}
