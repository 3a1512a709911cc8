package dev.firn.schema.avro;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Binds a writer's schema to a table's columns, by name and down into structs, and makes the tree of readers. A field that
 * has no column is never skipped: the whole schema is refused, so that nothing is dropped in silence.
 */
final class Binding {

    private static final ValueReader NOTHING = payload -> null;

    private final StructFactory structs;
    private final Map<ColumnType.Struct, StructFactory.Maker> makers = new HashMap<>();
    private final Misfits misfits = new Misfits();

    private Binding(StructFactory structs) {
        this.structs = structs;
    }

    /** @param writer a schema that {@link AvroColumns} maps */
    static ValueReader of(Schema writer, ColumnType.Struct table, StructFactory structs) throws Rejected {
        Binding binding = new Binding(structs);
        ValueReader reader = binding.present("", writer, table);
        binding.misfits.rejectAny();
        return reader;
    }

    /**
     * Reads some columns and goes past all else; columns that the writer lacks are null. It ends behind the last of them.
     *
     * @param writer a schema that {@link AvroColumns} maps
     */
    static ValueReader projection(Schema writer, ColumnType.Struct columns, StructFactory structs) throws Rejected {
        Binding binding = new Binding(structs);
        Map<String, Integer> places = new HashMap<>();
        columns.columns().forEach(column -> places.put(column.name(), places.size()));
        List<RecordReader.Placed> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            if (places.isEmpty()) {
                break;
            }
            Integer place = places.remove(field.name());
            if (place == null) {
                fields.add(RecordReader.Placed.nowhere(SkippingReaders.of(field.name(), field.schema())));
            } else {
                Column column = columns.columns().get(place);
                ValueReader reader = binding.value(field.name(), field.schema(), column.type(), column.nullability());
                fields.add(new RecordReader.Placed(reader, place));
            }
        }
        binding.misfits.rejectAny();
        return new RecordReader(fields, columns.columns().size(), binding.maker(columns));
    }

    private ValueReader value(String path, Schema writer, ColumnType target, Nullability column) {
        if (!Unions.isOptional(writer)) {
            return writer.isUnion() ? union(path, writer, target, column) : present(path, writer, target);
        }
        ValueReader present = present(path, Unions.withoutNull(writer), target);
        return new OptionalReader(path, Unions.nullIndex(writer), Absence.into(column), present);
    }

    private ValueReader present(String path, Schema writer, ColumnType target) {
        AvroKind kind = AvroKind.of(writer);
        return switch (kind) {
            case RECORD -> record(path, writer, target);
            case DURATION -> duration(path, writer, target);
            case ARRAY -> target instanceof ColumnType.ListOf list
                    ? Containers.list(
                            path, value(path + "[]", writer.getElementType(), list.element(), list.elements()))
                    : misfit(path, writer, target);
            case MAP -> target instanceof ColumnType.MapOf map
                    ? Containers.map(path, value(path + "{}", writer.getValueType(), map.value(), map.values()))
                    : misfit(path, writer, target);
            default -> Widened.of(ScalarReaders.of(kind, writer, path), typeOf(path, writer), target)
                    .orElseGet(() -> misfit(path, writer, target));
        };
    }

    private ValueReader record(String path, Schema writer, ColumnType target) {
        if (!(target instanceof ColumnType.Struct struct)) {
            return misfit(path, writer, target);
        }
        Places places = new Places(path, struct, misfits);
        List<RecordReader.Placed> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            String fieldPath = ColumnMapping.child(path, field.name());
            places.take(field.name(), typeOf(fieldPath, field.schema())).ifPresent(place -> {
                Column column = place.column();
                ValueReader reader = value(fieldPath, field.schema(), column.type(), column.nullability());
                fields.add(new RecordReader.Placed(reader, place.position()));
            });
        }
        places.requireNoOther();
        return new RecordReader(fields, struct.columns().size(), maker(struct));
    }

    /** Three unsigned numbers of four bytes. */
    private ValueReader duration(String path, Schema writer, ColumnType target) {
        if (!(target instanceof ColumnType.Struct struct)) {
            return misfit(path, writer, target);
        }
        Places places = new Places(path, struct, misfits);
        List<RecordReader.Placed> parts = new ArrayList<>();
        for (Column part : ColumnMapping.DURATION.columns()) {
            String partPath = ColumnMapping.child(path, part.name());
            ValueReader number = payload -> Integer.toUnsignedLong(payload.readLittleEndianInt(partPath));
            places.take(part.name(), part.type()).ifPresent(place -> Widened.of(
                            number, part.type(), place.column().type())
                    .ifPresentOrElse(
                            reader -> parts.add(new RecordReader.Placed(reader, place.position())),
                            () -> misfits.type(
                                    partPath, part.type(), place.column().type())));
        }
        places.requireNoOther();
        return new RecordReader(parts, struct.columns().size(), maker(struct));
    }

    private ValueReader union(String path, Schema writer, ColumnType target, Nullability column) {
        if (!(target instanceof ColumnType.Struct struct)) {
            return misfit(path, writer, target);
        }
        Places places = new Places(path, struct, misfits);
        List<Schema> all = writer.getTypes();
        RecordReader.@Nullable Placed[] branches = new RecordReader.Placed[all.size()];
        for (int i = 0; i < branches.length; i++) {
            Schema branch = all.get(i);
            if (branch.getType() != Schema.Type.NULL) {
                int index = i;
                String name = Unions.columnOf(branch);
                String branchPath = ColumnMapping.child(path, name);
                places.take(name, typeOf(branchPath, branch))
                        .ifPresent(place -> branches[index] = new RecordReader.Placed(
                                present(branchPath, branch, place.column().type()), place.position()));
            }
        }
        branchesAreOptional(path, struct);
        return new UnionReader(
                path, Absence.into(column), branches, struct.columns().size(), maker(struct));
    }

    /** Of a choice's columns all but one are null. */
    private void branchesAreOptional(String path, ColumnType.Struct choice) {
        for (Column column : choice.columns()) {
            if (!column.isOptional()) {
                misfits.noField(ColumnMapping.child(path, column.name()));
            }
        }
    }

    private StructFactory.Maker maker(ColumnType.Struct struct) {
        return makers.computeIfAbsent(struct, structs::maker);
    }

    private ValueReader misfit(String path, Schema writer, ColumnType target) {
        misfits.type(path, typeOf(path, writer), target);
        return NOTHING;
    }

    private static ColumnType typeOf(String path, Schema mappable) {
        return new ColumnMapping().type(path, mappable);
    }
}
