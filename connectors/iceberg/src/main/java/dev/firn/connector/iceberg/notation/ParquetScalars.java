package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Parquet's types without others in them. */
final class ParquetScalars {

    private final Losses losses;

    ParquetScalars(Losses losses) {
        this.losses = losses;
    }

    Shape shape(String path, PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return annotation == null ? physical(path, type) : logical(path, type, annotation);
    }

    private Shape logical(String path, PrimitiveType type, LogicalTypeAnnotation annotation) {
        if (annotation instanceof IntLogicalTypeAnnotation whole) {
            return new Whole(whole.getBitWidth(), whole.isSigned() ? Sign.SIGNED : Sign.UNSIGNED);
        }
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return new Shape.Decimal(decimal.getPrecision(), decimal.getScale());
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
            return new Shape.Timestamp(
                    unit(timestamp.getUnit()), timestamp.isAdjustedToUTC() ? Zone.INSTANT : Zone.LOCAL);
        }
        if (annotation instanceof TimeLogicalTypeAnnotation time) {
            if (time.isAdjustedToUTC()) {
                losses.lose(path, "that the time is one of UTC");
            }
            return new Shape.Time(unit(time.getUnit()));
        }
        return plain(path, type, annotation);
    }

    private Shape plain(String path, PrimitiveType type, LogicalTypeAnnotation annotation) {
        if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
            return Plain.STRING;
        }
        if (annotation instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            return Plain.JSON;
        }
        if (annotation instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return Plain.DATE;
        }
        if (annotation instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            return Plain.UUID;
        }
        if (annotation instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
            return Plain.DURATION;
        }
        if (annotation instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation) {
            losses.lose(path, "that it is an enum, whose symbols are not there,");
            return Plain.STRING;
        }
        losses.lose(path, "what its bytes are, `" + annotation + "`,");
        return physical(path, type);
    }

    private static TimeUnit unit(LogicalTypeAnnotation.TimeUnit unit) {
        return TimeUnit.valueOf(unit.name());
    }

    private Shape physical(String path, PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> Plain.BOOLEAN;
            case INT32 -> Whole.INT;
            case INT64 -> Whole.LONG;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case BINARY -> Plain.BYTES;
            case FIXED_LEN_BYTE_ARRAY -> new Shape.Fixed(TypeName.NONE, type.getTypeLength());
            case INT96 -> {
                losses.change(path, "an int96 counts as an instant in nanoseconds");
                yield new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT);
            }
        };
    }
}
