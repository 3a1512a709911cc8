package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.Schema;

/** Reads a decimal: its unscaled number, highest byte first, in bytes or in a fixed. */
final class DecimalReader implements ValueReader {

    /** Of 10 to the 38th; a number of more bits has more digits than any column, and is too long to print. */
    private static final int MOST_BITS = 127;

    private static final int FIXED_BY_LENGTH = -1;

    private final String path;
    private final int precision;
    private final int scale;
    private final int fixedSize;

    DecimalReader(Schema schema, String path) {
        this.path = path;
        this.precision = AvroKind.precision(schema);
        this.scale = AvroKind.scale(schema);
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
        BigInteger unscaled = new BigInteger(payload.readBytes(length, path));
        if (unscaled.bitLength() > MOST_BITS) {
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
