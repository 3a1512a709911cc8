package dev.firn.schema.notation.avro;

import dev.firn.schema.avro.AvroKind;
import dev.firn.spi.notation.Losses;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Properties that Avro itself does not know: those of Iceberg, which are understood, and others, which are not. */
final class AvroProperties {

    static final String FIELD_ID = "field-id";
    static final String ELEMENT_ID = "element-id";
    static final String KEY_ID = "key-id";
    static final String VALUE_ID = "value-id";
    static final String ADJUSTED = "adjust-to-utc";
    static final String ORIGINAL_NAME = "iceberg-field-name";
    static final String LOGICAL = "logicalType";

    private static final Set<String> OF_TYPES =
            Set.of(LOGICAL, "precision", "scale", ELEMENT_ID, KEY_ID, VALUE_ID, ADJUSTED);
    private static final Set<String> OF_FIELDS = Set.of(FIELD_ID, ORIGINAL_NAME);

    private final Losses losses;

    AvroProperties(Losses losses) {
        this.losses = losses;
    }

    /** Says which of a type's properties mean nothing to us. */
    void look(String path, Schema schema) {
        unknown(path, schema, OF_TYPES);
        @Nullable String logical = schema.getProp(LOGICAL);
        if (schema.getType() == Schema.Type.FIXED && AvroKind.of(schema) != AvroKind.FIXED) {
            losses.change(
                    path,
                    "the fixed `" + schema.getFullName() + "` of " + schema.getFixedSize() + " bytes counts as its "
                            + logical);
        }
        boolean plain = AvroKind.of(schema).name().equals(schema.getType().name());
        if (logical != null && plain && pair(schema).isEmpty()) {
            losses.lose(path, "the logical type `" + logical + "`");
        }
    }

    void look(String path, Schema.Field field) {
        unknown(path, field, OF_FIELDS);
        if (field.order() != Schema.Field.Order.ASCENDING) {
            losses.lose(path, "the order `" + field.order().name().toLowerCase(java.util.Locale.ROOT) + "`");
        }
    }

    private void unknown(String path, JsonProperties from, Set<String> known) {
        for (String name : new TreeSet<>(from.getObjectProps().keySet())) {
            if (!known.contains(name)) {
                losses.lose(path, "the property `" + name + "`");
            }
        }
    }

    static OptionalInt id(JsonProperties from, String property) {
        return from.getObjectProp(property) instanceof Integer id ? OptionalInt.of(id) : OptionalInt.empty();
    }

    /** Iceberg keeps a name that Avro does not allow beside one that it does. */
    static String name(Schema.Field field) {
        return field.getObjectProp(ORIGINAL_NAME) instanceof String name ? name : field.name();
    }

    /** A map whose keys are no texts is a list of pairs, as Iceberg writes it. */
    static Optional<Schema> pair(Schema schema) {
        boolean map = schema.getType() == Schema.Type.ARRAY && "map".equals(schema.getProp(LOGICAL));
        if (!map || schema.getElementType().getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        List<String> names = schema.getElementType().getFields().stream()
                .map(Schema.Field::name)
                .toList();
        return names.equals(List.of("key", "value")) ? Optional.of(schema.getElementType()) : Optional.empty();
    }
}
