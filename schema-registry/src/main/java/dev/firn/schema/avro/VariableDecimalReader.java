package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.math.BigDecimal;

/** Reads a number that brings its own scale, as the text of its digits: no column's type has room for all of them. */
record VariableDecimalReader(String path) implements ValueReader {

    /** More than any database keeps, and few enough for a text. */
    private static final int MOST_DIGITS = 150_000;

    @Override
    public Object read(Payload payload) throws Rejected {
        int scale = payload.readInt(path);
        int length = payload.readLength(path);
        if (length == 0 || length > MOST_DIGITS || Math.abs((long) scale) > MOST_DIGITS) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` is a decimal of " + length + " bytes with the scale `" + scale + "`");
        }
        return new BigDecimal(payload.readBigInteger(length, path), scale).toPlainString();
    }
}
