package dev.firn.schema.notation.avro;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.Trait;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;

/** What Avro can hold: all traits, and most types. */
final class AvroFitting extends Fitting {

    AvroFitting(Losses losses) {
        super(losses, EnumSet.allOf(Trait.class));
    }

    /** The name stays as it is here: what stands for it in the text is the text's affair, and the name goes beside it. */
    @Override
    protected String identity(String name) {
        return AvroNames.of(name);
    }

    @Override
    protected Shape scalar(String path, Shape shape) {
        if (shape instanceof Whole whole) {
            return signed(path, whole, Whole.INT.bits());
        }
        if (shape instanceof Shape.Time time) {
            return time(path, time);
        }
        if (shape instanceof Shape.Timestamp timestamp && timestamp.unit() == TimeUnit.SECONDS) {
            losses.change(path, "seconds become milliseconds");
            return new Shape.Timestamp(TimeUnit.MILLIS, timestamp.zone());
        }
        if (shape == Plain.JSON) {
            losses.loseAs(path, "that it is JSON", "string");
            return Plain.STRING;
        }
        if (shape instanceof Shape.Symbols symbols && !areNames(symbols.symbols())) {
            losses.loseAs(path, symbols.words(), "string, for a symbol is a name there");
            return Plain.STRING;
        }
        if (shape instanceof Shape.Decimal decimal && decimal.scale() > decimal.precision()) {
            losses.refuse(
                    path,
                    "a decimal has more digits behind the point than in all",
                    "make its precision " + decimal.scale() + " or more");
        }
        return shape;
    }

    private static boolean areNames(List<String> symbols) {
        return symbols.stream().allMatch(AvroNames::isName) && new HashSet<>(symbols).size() == symbols.size();
    }

    private Shape time(String path, Shape.Time time) {
        return switch (time.unit()) {
            case MILLIS, MICROS -> time;
            case SECONDS -> {
                losses.change(path, "seconds become milliseconds");
                yield new Shape.Time(TimeUnit.MILLIS);
            }
            case NANOS -> new Shape.Time(micros(path, TimeUnit.NANOS));
        };
    }

    @Override
    protected boolean keepsDefault(String path, Field field, Shape fitted) {
        return fitted.equals(field.shape()) || fitted instanceof Whole || fitted == Plain.STRING;
    }
}
