package dev.firn.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import org.apache.avro.io.Encoder;

/** A {@code google.protobuf.Timestamp} as microseconds since 1970. */
record TimestampWriter(String path, FieldDescriptor seconds, FieldDescriptor nanos, Nanoseconds nanoseconds) {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    /** The years 1 to 9999, which Protobuf says that it can hold. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;

    TimestampWriter(String path, Descriptor timestamp, Nanoseconds nanoseconds) {
        this(path, timestamp.findFieldByNumber(1), timestamp.findFieldByNumber(2), nanoseconds);
    }

    void write(Object value, Encoder out) throws IOException, Rejected {
        Message timestamp = (Message) value;
        long second = (Long) timestamp.getField(seconds);
        int nano = (Integer) timestamp.getField(nanos);
        if (second < FIRST_SECOND || second > LAST_SECOND || nano < 0 || nano >= NANOS_PER_SECOND) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` is no timestamp: `" + second + "` s and `" + nano + "` ns");
        }
        if (nanoseconds == Nanoseconds.REFUSE && nano % NANOS_PER_MICRO != 0) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has `" + nano
                            + "` ns, and a table keeps microseconds; `nanoseconds: truncate` in the `format` cuts the rest off");
        }
        out.writeLong(second * MICROS_PER_SECOND + nano / NANOS_PER_MICRO);
    }
}
