package dev.firn.schema.notation.json;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What JSON Schema can hold: what JSON has, and words for a few texts. */
final class JsonSchemaFitting extends Fitting {

    JsonSchemaFitting(Losses losses) {
        super(
                losses,
                EnumSet.of(
                        Trait.NAME,
                        Trait.NAMESPACE,
                        Trait.RECORD_DOC,
                        Trait.DOCS,
                        Trait.NESTED_DOCS,
                        Trait.TYPE_NAMES,
                        Trait.DEFAULTS,
                        Trait.NESTED_REQUIRED,
                        Trait.ITEMS_REQUIRED,
                        Trait.UNIONS,
                        Trait.RECURSION,
                        Trait.EMPTY_RECORDS));
    }

    @Override
    protected Shape scalar(String path, Shape shape) {
        if (shape == Plain.FLOAT) {
            losses.change(path, "a float becomes a number of any length");
            return Plain.DOUBLE;
        }
        if (shape instanceof Shape.Fixed fixed) {
            if (fixed.name().isThere()) {
                losses.lose(path, "the type's name `" + fixed.name().full() + "`");
            }
            losses.lose(path, "the length of " + fixed.length() + " bytes");
            return Plain.BYTES;
        }
        if (shape instanceof Shape.Time time) {
            return new Shape.Time(unit(path, time.unit()));
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return timestamp(path, timestamp);
        }
        if (shape instanceof Shape.Symbols symbols) {
            symbols.fallback().ifPresent(word -> losses.lose(path, "what unknown words count as, `" + word + "`,"));
            return new Shape.Symbols(typeName(path, symbols.name()), symbols.symbols(), Optional.empty());
        }
        return shape;
    }

    private Shape timestamp(String path, Shape.Timestamp timestamp) {
        if (timestamp.zone() == Zone.LOCAL) {
            losses.loseAs(path, "that it is a timestamp without a zone", "string");
            return Plain.STRING;
        }
        return new Shape.Timestamp(unit(path, timestamp.unit()), Zone.INSTANT);
    }

    /** A text has as many digits as it has. */
    private TimeUnit unit(String path, TimeUnit unit) {
        if (unit != TimeUnit.MICROS) {
            losses.change(path, unit.word() + " become a fraction of a second of any length");
        }
        return TimeUnit.MICROS;
    }

    /** Those that JSON writes as Avro does. */
    @Override
    protected boolean keepsDefault(String path, Field field, Shape fitted) {
        boolean empty = field.remarks()
                .defaultValue()
                .filter(List.of("[]", "{}")::contains)
                .isPresent();
        return fitted instanceof Shape.Whole
                || fitted instanceof Shape.Symbols
                || fitted == Plain.BOOLEAN
                || fitted == Plain.DOUBLE
                || (fitted == Plain.STRING && field.shape() == Plain.STRING)
                || (empty && (fitted instanceof Shape.ListOf || fitted instanceof Shape.MapOf));
    }
}
