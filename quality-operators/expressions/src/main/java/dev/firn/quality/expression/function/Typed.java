package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression that has a type and can be evaluated.
 *
 * @param type empty for a bare {@code null}, which takes the type of its place
 * @param constant whether it is the same for every row
 */
public record Typed(Optional<ColumnType> type, Nullability nullability, Evaluator evaluator, boolean constant) {

    private static final @Nullable Object[] NO_ROW = {};

    /** Something that its row decides. */
    public static Typed of(ColumnType type, Nullability nullability, Evaluator evaluator) {
        return new Typed(Optional.of(type), nullability, evaluator, false);
    }

    public static Typed constant(ColumnType type, @Nullable Object value) {
        return new Typed(
                Optional.of(type), value == null ? Nullability.OPTIONAL : Nullability.REQUIRED, row -> value, true);
    }

    /** A {@code null} whose type is still open. */
    public static Typed bareNull() {
        return new Typed(Optional.empty(), Nullability.OPTIONAL, row -> null, true);
    }

    /** Only of what is constant. */
    public @Nullable Object value() {
        return evaluator.of(NO_ROW);
    }

    public boolean isOptional() {
        return nullability == Nullability.OPTIONAL;
    }

    public boolean is(ColumnType wanted) {
        return type.filter(wanted::equals).isPresent();
    }

    /** As people write the type. */
    public String word() {
        return type.map(ColumnType::toString).orElse("null");
    }

    /** Null where one of these is. */
    static Nullability any(List<Typed> arguments) {
        return arguments.stream().anyMatch(Typed::isOptional) ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }
}
