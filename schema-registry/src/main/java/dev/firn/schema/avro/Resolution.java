package dev.firn.schema.avro;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Widening;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which part of a reader's schema a part of the writer's is meant for, by Avro's rules; nothing where there is no reader. */
final class Resolution {

    private Resolution() {}

    /**
     * The reader's field for one of the writer's: that of the same name, else one that had the name before.
     *
     * @param isAnother whether the reader's field of a name is known to be none of the writer's
     */
    static Schema.@Nullable Field field(
            @Nullable Schema reader, Schema writer, Schema.Field field, Predicate<String> isAnother) {
        if (reader == null || reader.getType() != Schema.Type.RECORD) {
            return null;
        }
        Schema.Field same = reader.getField(field.name());
        if (same != null && !isAnother.test(same.name())) {
            return same;
        }
        for (Schema.Field renamed : reader.getFields()) {
            // Where the writer has both names, the old one is another field.
            if (renamed.aliases().contains(field.name())
                    && writer.getField(renamed.name()) == null
                    && !isAnother.test(renamed.name())) {
                return renamed;
            }
        }
        return null;
    }

    /** The reader's field of that name, if it has a default. */
    static Optional<Schema.Field> defaulted(@Nullable Schema reader, String name) {
        return reader == null || reader.getType() != Schema.Type.RECORD
                ? Optional.empty()
                : Optional.ofNullable(reader.getField(name)).filter(Schema.Field::hasDefaultValue);
    }

    /** What is in the reader's optional. */
    static @Nullable Schema present(@Nullable Schema reader) {
        return reader == null ? null : Unions.withoutNull(reader);
    }

    /** The elements of the reader's list or map, where the writer has the same kind. */
    static @Nullable Schema element(@Nullable Schema reader, Schema writer) {
        return reader == null || reader.getType() != writer.getType() ? null : Containers.element(reader);
    }

    /** The branch that takes the values of a writer's type: one of the same type and name, else the first that holds them exactly. */
    static Optional<Schema> branch(@Nullable Schema reader, Schema writer) {
        if (reader == null || !reader.isUnion()) {
            return Optional.empty();
        }
        return reader.getTypes().stream()
                .filter(branch -> isSame(branch, writer))
                .findFirst()
                .or(() -> reader.getTypes().stream()
                        .filter(branch -> isWider(branch, writer))
                        .findFirst());
    }

    private static boolean isSame(Schema branch, Schema writer) {
        if (branch.getType() != writer.getType()) {
            return false;
        }
        return switch (writer.getType()) {
            case RECORD, ENUM, FIXED -> branch.getName().equals(writer.getName())
                    || branch.getAliases().contains(writer.getFullName());
            default -> true;
        };
    }

    private static boolean isWider(Schema branch, Schema writer) {
        return branch.getType() != Schema.Type.NULL
                && isNumber(branch)
                && isNumber(writer)
                && Widening.isLossless(type(writer), type(branch));
    }

    private static ColumnType type(Schema number) {
        return new ColumnMapping(AvroRules.STRICT).type("", number);
    }

    private static boolean isNumber(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG, FLOAT, DOUBLE -> schema.getLogicalType() == null;
            default -> false;
        };
    }
}
