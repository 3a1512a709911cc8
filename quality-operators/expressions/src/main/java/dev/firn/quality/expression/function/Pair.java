package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Optional;

/** Two or more parts as one type, so that they can be held against each other. */
record Pair(ColumnType type, List<Typed> parts) {

    /**
     * A text that is written out, beside a date, a time or a uuid, is one too.
     *
     * @param verb what is to be done with them, for a complaint: {@code `<` can't compare}
     */
    static Pair align(String verb, List<Typed> given) throws NotApplicable {
        List<Typed> parts = new java.util.ArrayList<>(given);
        Optional<ColumnType> other = given.stream()
                .filter(part -> !(part.constant() && part.is(Primitive.STRING)))
                .flatMap(part -> part.type().stream())
                .filter(type -> Types.isDay(type) || type == Primitive.TIME || type == Primitive.UUID)
                .findFirst();
        if (other.isPresent()) {
            for (int i = 0; i < parts.size(); i++) {
                parts.set(i, Pair.written(parts.get(i), other.orElseThrow(), i));
            }
        }
        Optional<ColumnType> common = Types.common(parts);
        boolean allNull = parts.stream().allMatch(part -> part.type().isEmpty());
        if (common.isEmpty() && !allNull) {
            throw complaint(verb, parts);
        }
        ColumnType type = common.orElse(Primitive.STRING);
        if (type instanceof ColumnType.Decimal) {
            return new Pair(type, parts);
        }
        return new Pair(type, parts.stream().map(part -> converted(part, type)).toList());
    }

    private static Typed converted(Typed part, ColumnType type) {
        return Conversion.convert(part, type).orElse(part);
    }

    private static Typed written(Typed part, ColumnType type, int index) throws NotApplicable {
        if (!part.constant() || !part.is(Primitive.STRING)) {
            return part;
        }
        try {
            return Typed.constant(type, Casts.parse(String.valueOf(part.value()), type));
        } catch (EvaluationFailure failure) {
            throw NotApplicable.because(failure.sentence()).at(index).expecting(Casts.formOf(type));
        }
    }

    private static NotApplicable complaint(String verb, List<Typed> parts) {
        NotApplicable complaint = NotApplicable.because(verb + " " + Arguments.words(parts));
        Optional<Typed> text =
                parts.stream().filter(part -> part.is(Primitive.STRING)).findFirst();
        Optional<Typed> number = parts.stream()
                .filter(part -> part.type().filter(Types::isNumeric).isPresent())
                .findFirst();
        if (text.isEmpty() || number.isEmpty()) {
            return complaint;
        }
        return complaint.fixedBy(
                text.orElseThrow().constant()
                        ? "write the number without quotes"
                        : "convert the text: `try_cast(... as "
                                + number.orElseThrow().word() + ")`");
    }
}
