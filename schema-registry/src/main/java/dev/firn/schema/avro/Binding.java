package dev.firn.schema.avro;

import dev.firn.schema.binding.Absence;
import dev.firn.schema.binding.FieldPath;
import dev.firn.schema.binding.Misfits;
import dev.firn.schema.binding.Places;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Binds a writer's schema to a table's columns, by name and down into structs, and makes the tree of readers. A field that
 * has no column is never skipped: the whole schema is refused, so that nothing is dropped in silence.
 */
final class Binding {

    private static final ValueReader NOTHING = payload -> null;

    private final AvroRules rules;
    private final ColumnNames names;
    private final StructFactory structs;
    private final Map<ColumnType.Struct, StructFactory.Maker> makers;
    private final Misfits misfits;

    private Binding(AvroRules rules, ColumnNames names, StructFactory structs) {
        this.rules = rules;
        this.names = names;
        this.structs = structs;
        this.makers = new HashMap<>();
        this.misfits = new Misfits();
    }

    /** Part of another. */
    private Binding(Binding whole, ColumnNames names) {
        this.rules = whole.rules;
        this.names = names;
        this.structs = whole.structs;
        this.makers = whole.makers;
        this.misfits = whole.misfits;
    }

    /** @param writer a schema that {@link AvroColumns} maps */
    static ValueReader of(
            Schema writer, AvroReading reading, ColumnNames names, ColumnType.Struct table, StructFactory structs)
            throws Rejected {
        Binding binding = new Binding(reading.rules(), names, structs);
        ValueReader bound = binding.present("", writer, reading.schema(), table);
        binding.misfits.rejectAny();
        return bound;
    }

    /**
     * Reads some columns and goes past all else; columns that the writer lacks are the reader's default, or null. It ends behind the
     * last of them.
     *
     * @param writer a schema that {@link AvroColumns} maps
     */
    static ValueReader projection(
            Schema writer, AvroReading reading, ColumnNames names, ColumnType.Struct columns, StructFactory structs)
            throws Rejected {
        Binding binding = new Binding(reading.rules(), names, structs);
        @Nullable Schema reader = reading.schema();
        Places places = new Places("", columns, binding.misfits);
        List<RecordReader.Placed> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            if (places.open().isEmpty()) {
                break;
            }
            Schema.@Nullable Field known = names.known(reader, writer, field, places);
            Optional<Places.Place> place = places.find(names.column(field.name(), known, places));
            place.ifPresent(places::take);
            fields.add(place.map(found -> binding.placed(field.name(), field, known, found))
                    .orElseGet(() -> RecordReader.Placed.nowhere(SkippingReaders.of(field.name(), field.schema()))));
        }
        for (Places.Place place : places.open()) {
            binding.defaultOf("", reader, place).ifPresent(fields::add);
        }
        binding.misfits.rejectAny();
        return new RecordReader(fields, columns.columns().size(), binding.maker(columns));
    }

    private ValueReader value(
            String path, Schema writer, @Nullable Schema reader, ColumnType target, Nullability column) {
        if (rules.isJson(path)) {
            return json(path, writer, target, column);
        }
        if (Unions.isChoice(writer) || names.isChoice(reader, writer, target)) {
            return target instanceof ColumnType.Struct choice
                    ? choice(path, writer, reader, choice, column)
                    : misfit(path, writer, target);
        }
        if (!writer.isUnion()) {
            return present(path, writer, Resolution.present(reader), target);
        }
        ValueReader present = present(path, Unions.withoutNull(writer), Resolution.present(reader), target);
        return new OptionalReader(path, Unions.nullIndex(writer), Absence.into(column), present);
    }

    private ValueReader json(String path, Schema writer, ColumnType target, Nullability column) {
        return target == Primitive.STRING
                ? new JsonReader(path, writer, Absence.into(column))
                : misfit(path, writer, target);
    }

    private ValueReader present(String path, Schema writer, @Nullable Schema reader, ColumnType target) {
        if (rules.isJson(path)) {
            // A branch of a union.
            return json(path, writer, target, Nullability.REQUIRED);
        }
        AvroKind kind = AvroKind.of(writer);
        return switch (kind) {
            case RECORD -> record(path, writer, reader, target);
            case DURATION -> duration(path, writer, target);
            case ARRAY -> target instanceof ColumnType.ListOf list
                    ? Containers.list(path, element(path + "[]", writer, reader, list.element(), list.elements()))
                    : misfit(path, writer, target);
            case MAP -> target instanceof ColumnType.MapOf map
                    ? Containers.map(path, element(path + "{}", writer, reader, map.value(), map.values()))
                    : misfit(path, writer, target);
            case ZONED_TEXT -> target == Primitive.TIMESTAMPTZ
                    ? new ZonedTextReader(path, rules.nanoseconds())
                    : misfit(path, writer, target);
            default -> Widened.of(ScalarReaders.of(kind, writer, path), typeOf(path, writer), target)
                    .orElseGet(() -> misfit(path, writer, target));
        };
    }

    private ValueReader element(
            String path, Schema writer, @Nullable Schema reader, ColumnType target, Nullability elements) {
        return value(path, Containers.element(writer), Resolution.element(reader, writer), target, elements);
    }

    private ValueReader record(String path, Schema writer, @Nullable Schema reader, ColumnType target) {
        if (!(target instanceof ColumnType.Struct struct)) {
            return misfit(path, writer, target);
        }
        Places places = new Places(path, struct, misfits);
        List<RecordReader.Placed> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            String fieldPath = FieldPath.child(path, field.name());
            if (names.isLeftOut(fieldPath)) {
                fields.add(RecordReader.Placed.nowhere(SkippingReaders.of(fieldPath, field.schema())));
                continue;
            }
            Schema.@Nullable Field known = names.known(reader, writer, field, places);
            places.take(names.column(field.name(), known, places), typeOf(fieldPath, field.schema()))
                    .ifPresent(place -> fields.add(placed(fieldPath, field, known, place)));
        }
        for (Places.Place place : places.open()) {
            defaultOf(path, reader, place).ifPresent(value -> {
                places.take(place);
                fields.add(value);
            });
        }
        places.requireNoOther();
        return new RecordReader(fields, struct.columns().size(), maker(struct));
    }

    private RecordReader.Placed placed(
            String path, Schema.Field field, Schema.@Nullable Field known, Places.Place place) {
        Column column = place.column();
        Schema reader = known == null ? null : known.schema();
        return new RecordReader.Placed(
                value(path, field.schema(), reader, column.type(), column.nullability()), place.position());
    }

    /** What the reader has for a column that the writer lacks; nothing where that is null, which the column is anyway. */
    private Optional<RecordReader.Placed> defaultOf(String path, @Nullable Schema reader, Places.Place place) {
        return Resolution.defaulted(reader, WriterView.nameOf(place.column().name()))
                .flatMap(field -> {
                    String fieldPath = FieldPath.child(path, field.name());
                    ValueReader value =
                            ofDefaults().placed(fieldPath, field, field, place).reader();
                    return Defaults.of(field, value)
                            .map(constant -> new RecordReader.Placed(constant, place.position()));
                });
    }

    /** The same binding, of what the reader has. */
    private Binding ofDefaults() {
        return new Binding(this, names.ofDefaults());
    }

    /** Three unsigned numbers of four bytes. */
    private ValueReader duration(String path, Schema writer, ColumnType target) {
        if (!(target instanceof ColumnType.Struct struct)) {
            return misfit(path, writer, target);
        }
        Places places = new Places(path, struct, misfits);
        List<RecordReader.Placed> parts = new ArrayList<>();
        for (Column part : ColumnMapping.DURATION.columns()) {
            String partPath = FieldPath.child(path, part.name());
            ValueReader number = payload -> Integer.toUnsignedLong(payload.readLittleEndianInt(partPath));
            if (names.isLeftOut(partPath)) {
                parts.add(RecordReader.Placed.nowhere(number));
                continue;
            }
            places.take(names.column(part.name(), null, places), part.type()).ifPresent(place -> Widened.of(
                            number, part.type(), place.column().type())
                    .ifPresentOrElse(
                            reader -> parts.add(new RecordReader.Placed(reader, place.position())),
                            () -> misfits.type(
                                    partPath, part.type(), place.column().type())));
        }
        places.requireNoOther();
        return new RecordReader(parts, struct.columns().size(), maker(struct));
    }

    /** Into a struct with a column for each branch of a union, the reader's if it has one; the writer may have a single type there. */
    private ValueReader choice(
            String path, Schema writer, @Nullable Schema reader, ColumnType.Struct struct, Nullability column) {
        Places places = new Places(path, struct, misfits);
        List<Schema> all = writer.isUnion() ? writer.getTypes() : List.of(writer);
        RecordReader.@Nullable Placed[] branches = new RecordReader.Placed[all.size()];
        for (int i = 0; i < branches.length; i++) {
            Schema branch = all.get(i);
            if (branch.getType() != Schema.Type.NULL) {
                int index = i;
                String branchPath = FieldPath.child(path, Unions.columnOf(branch));
                if (names.isLeftOut(branchPath)) {
                    branches[index] = RecordReader.Placed.nowhere(SkippingReaders.of(branchPath, branch));
                    continue;
                }
                Optional<Schema> known = Resolution.branch(reader, branch);
                places.share(names.branch(branch, known, places), typeOf(branchPath, branch))
                        .ifPresent(place -> branches[index] = new RecordReader.Placed(
                                present(
                                        branchPath,
                                        branch,
                                        known.orElse(null),
                                        place.column().type()),
                                place.position()));
            }
        }
        branchesAreOptional(path, struct);
        UnionReader union = new UnionReader(
                path, Absence.into(column), branches, struct.columns().size(), maker(struct));
        return writer.isUnion() ? union : payload -> union.read(payload, 0);
    }

    /** Of a choice's columns all but one are null. */
    private void branchesAreOptional(String path, ColumnType.Struct choice) {
        for (Column column : choice.columns()) {
            if (!column.isOptional()) {
                misfits.noField(FieldPath.child(path, WriterView.nameOf(column.name())));
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

    private ColumnType typeOf(String path, Schema mappable) {
        return new ColumnMapping(rules).type(path, mappable);
    }
}
