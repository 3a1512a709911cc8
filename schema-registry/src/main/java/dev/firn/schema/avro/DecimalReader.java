package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.Schema;

/** Reads a decimal: its unscaled number, highest byte first, in bytes or in a fixed. */
final class DecimalReader implements ValueReader {

    private static final int DIGITS_OF_A_COLUMN = 38;

    /** As many as are worth a text. */
    private static final int MOST_DIGITS = 1_000;

    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

    private static final int FIXED_BY_LENGTH = -1;

    private final String path;
    private final int precision;
    private final int scale;
    private final int fixedSize;

    /** A number of more has more digits than the type, and may be too long to print. */
    private final int mostBits;

    DecimalReader(Schema schema, String path) {
        this.path = path;
        this.precision = AvroKind.precision(schema);
        this.scale = AvroKind.scale(schema);
        this.mostBits =
                (int) Math.ceil(Math.max(DIGITS_OF_A_COLUMN, Math.min(precision, MOST_DIGITS)) * BITS_PER_DIGIT);
        this.fixedSize = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : FIXED_BY_LENGTH;
    }

    @Override
    public Object read(Payload payload) throws Rejected {
        int length = fixedSize == FIXED_BY_LENGTH ? payload.readLength(path) : fixedSize;
        if (length == 0) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is a decimal of no bytes");
        }
        if (length <= Long.BYTES) {
            return checked(BigDecimal.valueOf(payload.readBigEndian(length, path), scale));
        }
        BigInteger unscaled = payload.readBigInteger(length, path);
        if (unscaled.bitLength() > mostBits) {
            throw overflow("a number of " + unscaled.bitLength() + " bits");
        }
        return checked(new BigDecimal(unscaled, scale));
    }

    private BigDecimal checked(BigDecimal value) throws Rejected {
        // Cheap for what fits into a long: the digits are counted, not printed.
        if (value.precision() > precision) {
            throw overflow("`" + value.toPlainString() + "`");
        }
        return value;
    }

    private Rejected overflow(String what) {
        return new Rejected(
                RejectCode.DECIMAL_OVERFLOW,
                "`" + path + "` is " + what + ", more digits than decimal(" + precision + ", " + scale + ") has");
    }
}
