package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.Trait;
import dev.firn.spi.notation.TypeName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Parquet can hold: most types, and nothing that is said of them. */
final class ParquetFitting extends Fitting {

    /** What ends a name in parquet-java's text. */
    private static final Pattern MARKS = Pattern.compile("[\\s,;{}()=]");

    ParquetFitting(Losses losses) {
        super(
                losses,
                EnumSet.of(
                        Trait.NAME,
                        Trait.NAMESPACE,
                        Trait.IDS,
                        Trait.NESTED_REQUIRED,
                        Trait.ITEMS_REQUIRED,
                        Trait.KEYS));
    }

    @Override
    protected String name(String path, String name) {
        if (name.isEmpty() || MARKS.matcher(name).find()) {
            losses.refuse(path, "a name of Parquet has no spaces and no `,;{}()=`", "rename it");
        }
        return name;
    }

    @Override
    protected Shape scalar(String path, Shape shape) {
        if (shape instanceof Shape.Symbols symbols) {
            losses.loseAs(path, symbols.words(), "ENUM, without its symbols");
            return new Shape.Symbols(TypeName.NONE, List.of(), Optional.empty());
        }
        if (shape instanceof Shape.Fixed fixed) {
            if (fixed.length() == 0) {
                losses.refuse(path, "a fixed of 0 bytes holds nothing", "remove the field");
            }
            return new Shape.Fixed(typeName(path, fixed.name()), fixed.length());
        }
        if (shape instanceof Shape.Time time) {
            return new Shape.Time(unit(path, time.unit()));
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return new Shape.Timestamp(unit(path, timestamp.unit()), timestamp.zone());
        }
        return shape;
    }

    private TimeUnit unit(String path, TimeUnit unit) {
        if (unit == TimeUnit.SECONDS) {
            losses.change(path, "seconds become millis");
            return TimeUnit.MILLIS;
        }
        return unit;
    }
}
