package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.SchemaEvent;
import dev.firn.spi.sink.SchemaEvent.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * A table's schemas over time: what pipelines have decided, from the table's own properties, the log of all decisions and the
 * quarantine; and what Iceberg's list of the table's schemas has beside that.
 */
record SchemaEvents(LakeTables tables, LakeNames names) {

    /** Oldest first. */
    List<SchemaEvent> of(TableName name, Table table) {
        TableMetadata metadata = LakeTables.operations(table).current();
        List<SchemaDecision> decisions = new ArrayList<>(decisions(name, metadata));
        decisions.sort(Comparator.comparing(SchemaDecision::at));
        List<SchemaEvent> events = new ArrayList<>();
        Set<Integer> explained = new HashSet<>();
        decisions.forEach(decision -> {
            explained.addAll(decision.table().schemas());
            events.add(new SchemaEvent.Decided(decision));
        });
        List<Schema> schemas = metadata.schemas().stream()
                .sorted(Comparator.comparingInt(Schema::schemaId))
                .toList();
        for (int i = 1; i < schemas.size(); i++) {
            Schema schema = schemas.get(i);
            List<Difference> differences = differences(schemas.get(i - 1), schema);
            if (!explained.contains(schema.schemaId()) && !differences.isEmpty()) {
                events.add(
                        placeOf(schema.schemaId(), events),
                        new SchemaEvent.ByOthers(by(metadata, schema.schemaId()), schema.schemaId(), differences));
            }
        }
        return events;
    }

    /** Each once, whatever says it; the table's own word first, for it knows which of its schemas came by it. */
    private Collection<SchemaDecision> decisions(TableName name, TableMetadata metadata) {
        List<SchemaDecision> told = new ArrayList<>(TableDecisions.in(metadata.properties()));
        tables.find(names.schemaChanges())
                .ifPresent(log -> told.addAll(
                        SchemaChangeTable.read(log, Expressions.equal(SchemaChangeTable.TABLE_NAME, name.full()))));
        tables.find(names.quarantine())
                .ifPresent(quarantine -> told.addAll(TableDecisions.in(quarantine.properties())));
        Map<String, SchemaDecision> decisions = new LinkedHashMap<>();
        for (SchemaDecision decision : told) {
            // One that had the name before it was dropped is another table.
            if (decision.table().name().equals(name)
                    && decision.table().incarnation().equals(String.valueOf(metadata.uuid()))) {
                decisions.putIfAbsent(decision.id(), decision);
            }
        }
        return decisions.values();
    }

    /** Behind the last that is known to have made an older schema: ids count up, and not every schema has a time. */
    private static int placeOf(int schema, List<SchemaEvent> events) {
        int place = 0;
        for (int i = 0; i < events.size(); i++) {
            SchemaEvent event = events.get(i);
            boolean before = event instanceof SchemaEvent.ByOthers others
                    ? others.schema() < schema
                    : ((SchemaEvent.Decided) event)
                            .decision().table().schemas().stream().anyMatch(id -> id < schema);
            if (before) {
                place = i + 1;
            }
        }
        return place;
    }

    /** The first commit of rows with the schema: it was there by then. */
    private static Optional<Instant> by(TableMetadata metadata, int schema) {
        return metadata.snapshots().stream()
                .filter(snapshot -> snapshot.schemaId() != null && snapshot.schemaId() == schema)
                .map(Snapshot::timestampMillis)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    private static List<Difference> differences(Schema before, Schema after) {
        Map<Integer, Types.NestedField> was = TypeUtil.indexById(before.asStruct());
        Map<Integer, Types.NestedField> is = TypeUtil.indexById(after.asStruct());
        List<Difference> differences = new ArrayList<>();
        was.forEach((id, field) -> {
            if (!is.containsKey(id)) {
                differences.add(
                        new Difference("drop-column", before.findColumnName(id), words(field), Optional.empty()));
            }
        });
        is.forEach((id, field) -> {
            Types.NestedField old = was.get(id);
            String path = after.findColumnName(id);
            if (old == null) {
                differences.add(new Difference("add-column", path, Optional.empty(), words(field)));
            } else {
                changed(path, old, field, differences);
            }
        });
        return differences;
    }

    private static void changed(
            String path, Types.NestedField old, Types.NestedField field, List<Difference> differences) {
        if (!old.name().equals(field.name())) {
            differences.add(new Difference("rename-column", path, Optional.of(old.name()), Optional.of(field.name())));
        }
        if (old.type().isPrimitiveType() && !old.type().equals(field.type())) {
            differences.add(new Difference("widen-type", path, words(old), words(field)));
        }
        if (old.isOptional() != field.isOptional()) {
            String kind = field.isOptional() ? "make-optional" : "make-required";
            differences.add(new Difference(kind, path, nulls(old), nulls(field)));
        }
    }

    private static Optional<String> words(Types.NestedField field) {
        Type type = field.type();
        return Optional.of(
                type.isPrimitiveType() ? type.toString() : type.typeId().name().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> nulls(Types.NestedField field) {
        return Optional.of(field.isOptional() ? "optional" : "required");
    }
}
