package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Trait;
import java.util.EnumSet;

/** What Iceberg can hold, in format version 2. */
final class IcebergFitting extends Fitting {

    private static final int MOST_DIGITS = 38;

    IcebergFitting(Losses losses) {
        super(
                losses,
                EnumSet.of(
                        Trait.DOCS,
                        Trait.NESTED_DOCS,
                        Trait.IDS,
                        Trait.NESTED_REQUIRED,
                        Trait.ITEMS_REQUIRED,
                        Trait.KEYS));
    }

    @Override
    protected Shape scalar(String path, Shape shape) {
        if (shape == Plain.DURATION) {
            return durationAsRecord(path);
        }
        if (shape == Plain.JSON) {
            losses.loseAs(path, "that it is JSON", "string");
            return Plain.STRING;
        }
        if (shape instanceof Whole whole) {
            return signed(path, whole, Whole.INT.bits());
        }
        if (shape instanceof Shape.Decimal decimal) {
            return decimal(path, decimal, MOST_DIGITS);
        }
        if (shape instanceof Shape.Fixed fixed) {
            return fixed(path, fixed);
        }
        if (shape instanceof Shape.Time time) {
            return new Shape.Time(micros(path, time.unit()));
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return new Shape.Timestamp(micros(path, timestamp.unit()), timestamp.zone());
        }
        if (shape instanceof Shape.Symbols symbols) {
            losses.loseAs(path, symbols.words(), "string");
            return Plain.STRING;
        }
        return shape;
    }

    private Shape fixed(String path, Shape.Fixed fixed) {
        if (fixed.length() == 0) {
            losses.refuse(path, "a fixed of 0 bytes holds nothing", "remove the field");
        }
        return new Shape.Fixed(typeName(path, fixed.name()), fixed.length());
    }
}
