package dev.firn.schema.registry;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.util.Locale;

/** The Confluent frame: a zero byte, the schema's id in four bytes, then the record. */
public final class Frame {

    /** Where the record starts. */
    public static final int SIZE = 5;

    private Frame() {}

    public static int schemaId(RawRecord record) throws Rejected {
        byte[] value = framed(record);
        if (value[0] != 0) {
            throw new Rejected(
                    RejectCode.WRONG_MAGIC_BYTE,
                    String.format(Locale.ROOT, "the value starts with byte `0x%02x`, not with `0x00`", value[0]));
        }
        return record.valueSchemaId();
    }

    /** The value, of at least a frame's size. */
    public static byte[] framed(RawRecord record) throws Rejected {
        byte[] value = record.value();
        if (value == null) {
            throw new Rejected(RejectCode.TRUNCATED_PAYLOAD, "the record has no value");
        }
        if (value.length < SIZE) {
            throw new Rejected(
                    RejectCode.TRUNCATED_PAYLOAD,
                    "the value has " + value.length + " bytes, and its frame alone takes " + SIZE);
        }
        return value;
    }
}
