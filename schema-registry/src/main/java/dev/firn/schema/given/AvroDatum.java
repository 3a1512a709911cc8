package dev.firn.schema.given;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.yaml.Node;
import dev.firn.schema.avro.AvroKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * A value as Avro's generic writers take it. A field that is not given is what the schema has for it, else null where that may be.
 * Of a union the one branch that the value fits is meant; where several do, a mapping names it: {@code {long: 5}}.
 */
final class AvroDatum {

    private AvroDatum() {}

    static @Nullable Object of(Node node, Schema schema, String path) throws Unfit {
        return switch (AvroKind.of(schema)) {
            case NULL -> nothing(node, path);
            case BOOLEAN -> Scalars.truth(node, path);
            case INT -> Scalars.whole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .intValue();
            case LONG -> Scalars.whole(node, path, Long.MIN_VALUE, Long.MAX_VALUE)
                    .longValue();
            case FLOAT -> (float) Scalars.real(node, path);
            case DOUBLE -> Scalars.real(node, path);
            case STRING, ZONED_TEXT -> Scalars.text(node, path);
            case UUID_TEXT -> Scalars.uuid(node, path).toString();
            case BYTES -> ByteBuffer.wrap(Scalars.bytes(node, path));
            case FIXED -> fixed(schema, node, path, Scalars.bytes(node, path));
            case UUID_BYTES -> fixed(
                    schema,
                    node,
                    path,
                    Scalars.uuidBytes(Scalars.uuid(node, path)).array());
            case DURATION -> fixed(schema, node, path, duration(node, path));
            case DECIMAL -> decimal(node, schema, path);
            case ENUM -> symbol(node, schema, path);
            case RECORD, VARIABLE_DECIMAL -> record(node, schema, path);
            case ARRAY -> array(node, schema, path);
            case MAP -> map(node, schema, path);
            case UNION -> union(node, schema, path);
            case DATE -> (int) Scalars.date(node, path).toEpochDay();
            case TIME_MILLIS -> (int) (Scalars.time(node, path).toNanoOfDay() / 1_000_000);
            case TIME_MICROS -> Scalars.time(node, path).toNanoOfDay() / 1_000;
            case TIMESTAMP_MILLIS -> since1970(node, path, Scalars.instant(node, path), ChronoUnit.MILLIS);
            case TIMESTAMP_MICROS -> since1970(node, path, Scalars.instant(node, path), ChronoUnit.MICROS);
            case TIMESTAMP_NANOS -> since1970(node, path, Scalars.instant(node, path), ChronoUnit.NANOS);
            case LOCAL_TIMESTAMP_MILLIS -> since1970(node, path, local(node, path), ChronoUnit.MILLIS);
            case LOCAL_TIMESTAMP_MICROS -> since1970(node, path, local(node, path), ChronoUnit.MICROS);
            case LOCAL_TIMESTAMP_NANOS -> since1970(node, path, local(node, path), ChronoUnit.NANOS);
        };
    }

    private static @Nullable Object nothing(Node node, String path) throws Unfit {
        if (!Scalars.isNothing(node)) {
            throw Scalars.unfit(node, path, "null");
        }
        return null;
    }

    private static Instant local(Node node, String path) throws Unfit {
        LocalDateTime local = Scalars.local(node, path);
        return local.toInstant(ZoneOffset.UTC);
    }

    private static long since1970(Node node, String path, Instant instant, ChronoUnit unit) throws Unfit {
        try {
            return unit.between(Instant.EPOCH, instant);
        } catch (ArithmeticException outOfRange) {
            throw Scalars.unfit(
                    node,
                    path,
                    "a time that fits into 64 bits of " + unit.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static GenericData.Fixed fixed(Schema schema, Node node, String path, byte[] bytes) throws Unfit {
        if (bytes.length != schema.getFixedSize()) {
            throw Unfit.at(
                    node.span(), "`" + path + "` has " + bytes.length + " bytes", schema.getFixedSize() + " bytes");
        }
        return new GenericData.Fixed(schema, bytes);
    }

    private static byte[] duration(Node node, String path) throws Unfit {
        List<String> parts = List.of("months", "days", "millis");
        Node.Mapping mapping = mapping(node, path);
        refuseUnknown(mapping, path, parts);
        ByteBuffer bytes = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String part : parts) {
            Node value = mapping.child(part).orElse(null);
            bytes.putInt(
                    value == null
                            ? 0
                            : Scalars.whole(value, path + "." + part, 0, 0xffff_ffffL)
                                    .intValue());
        }
        return bytes.array();
    }

    /** More digits than the schema has are written all the same: a producer could, and what becomes of them is to be tried. */
    private static Object decimal(Node node, Schema schema, String path) throws Unfit {
        BigDecimal given = Scalars.decimal(node, path);
        int scale = AvroKind.scale(schema);
        BigInteger unscaled;
        try {
            unscaled = given.setScale(scale).unscaledValue();
        } catch (ArithmeticException e) {
            throw Scalars.unfit(node, path, "a number with at most " + scale + " digits behind the point");
        }
        byte[] bytes = unscaled.toByteArray();
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(bytes);
        }
        int size = schema.getFixedSize();
        if (bytes.length > size) {
            throw Scalars.unfit(node, path, "a number that fits into " + size + " bytes");
        }
        byte[] padded = new byte[size];
        java.util.Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, size - bytes.length, bytes.length);
        return new GenericData.Fixed(schema, padded);
    }

    private static Object symbol(Node node, Schema schema, String path) throws Unfit {
        String text = Scalars.text(node, path);
        if (!schema.hasEnumSymbol(text)) {
            throw Scalars.unfit(node, path, Suggestion.oneOf(schema.getEnumSymbols()));
        }
        return new GenericData.EnumSymbol(schema, text);
    }

    private static Object record(Node node, Schema schema, String path) throws Unfit {
        Node.Mapping mapping = mapping(node, path);
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        refuseUnknown(mapping, path, names);
        GenericData.Record record = new GenericData.Record(schema);
        List<String> missing = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Node value = mapping.child(field.name()).orElse(null);
            if (value != null) {
                record.put(field.pos(), of(value, field.schema(), below(path, field.name())));
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), GenericData.get().getDefaultValue(field));
            } else if (!field.schema().isNullable()) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            throw Unfit.at(
                    mapping.span(),
                    missing.stream().map(name -> "`" + below(path, name) + "`").collect(Collectors.joining(", "))
                            + (missing.size() == 1 ? " is" : " are")
                            + " not given, and the schema has no default there and no null");
        }
        return record;
    }

    private static String below(String path, String name) {
        return path.equals("value") || path.equals("key") ? name : path + "." + name;
    }

    private static Object array(Node node, Schema schema, String path) throws Unfit {
        if (!(node instanceof Node.Sequence sequence)) {
            throw Scalars.unfit(node, path, "a list");
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            items.add(of(item, schema.getElementType(), path + "[]"));
        }
        return items;
    }

    private static Object map(Node node, Schema schema, String path) throws Unfit {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Node.Entry entry : mapping(node, path).entries()) {
            values.put(
                    entry.key().text(),
                    of(
                            entry.value(),
                            schema.getValueType(),
                            path + "." + entry.key().text()));
        }
        return values;
    }

    private static @Nullable Object union(Node node, Schema schema, String path) throws Unfit {
        if (Scalars.isNothing(node)) {
            if (!schema.isNullable()) {
                throw Scalars.unfit(node, path, "a value, for the schema has no null there");
            }
            return null;
        }
        List<Schema> branches = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (branches.size() == 1) {
            return of(node, branches.get(0), path);
        }
        if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Node.Entry only = mapping.entries().get(0);
            for (Schema branch : branches) {
                if (name(branch).equals(only.key().text())) {
                    return of(only.value(), branch, path);
                }
            }
        }
        return fitting(node, branches, path);
    }

    private static @Nullable Object fitting(Node node, List<Schema> branches, String path) throws Unfit {
        Map<String, @Nullable Object> fitting = new LinkedHashMap<>();
        for (Schema branch : branches) {
            try {
                fitting.put(name(branch), of(node, branch, path));
            } catch (Unfit other) {
                // Another branch may take it; what none takes is told below.
            }
        }
        List<String> names = branches.stream().map(AvroDatum::name).toList();
        if (fitting.isEmpty()) {
            throw Scalars.unfit(node, path, "a value of " + Suggestion.oneOf(names));
        }
        if (fitting.size() > 1) {
            throw Unfit.at(
                    node.span(),
                    "`" + path + "` is " + Scalars.shown(node) + ", which fits several branches of the union",
                    "a mapping that names the branch: "
                            + fitting.keySet().stream()
                                    .map(name -> "`{" + name + ": ...}`")
                                    .collect(Collectors.joining(" or ")));
        }
        return fitting.values().iterator().next();
    }

    private static String name(Schema branch) {
        return branch.getName();
    }

    private static Node.Mapping mapping(Node node, String path) throws Unfit {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw Scalars.unfit(node, path, "a mapping");
    }

    private static void refuseUnknown(Node.Mapping mapping, String path, Collection<String> names) throws Unfit {
        Set<String> known = new HashSet<>(names);
        for (Node.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (!known.contains(name)) {
                throw Unfit.at(
                        entry.key().span(),
                        "the schema has no field `" + below(path, name) + "`"
                                + Suggestion.nearest(name, names)
                                        .map(meant -> "; did you mean `" + meant + "`?")
                                        .orElse(""),
                        Suggestion.oneOf(names));
            }
        }
    }
}
