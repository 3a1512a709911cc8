package dev.firn.schema.protobuf;

import dev.firn.schema.registry.Frame;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What Confluent's serializers put before a message: a zero byte, the schema's id in four, then which of the file's messages it is,
 * as a list of indexes, each a zigzag varint behind their count. A single zero stands for the first message.
 *
 * @param start where the message itself starts
 */
record MessageFrame(List<Integer> indexes, int start) {

    /** Nobody nests messages so deep. */
    private static final int MOST_INDEXES = 100;

    static MessageFrame of(RawRecord record) throws Rejected {
        return new Cursor(Frame.framed(record)).frame();
    }

    private static final class Cursor {

        private static final int MOST_BITS = 35;

        private final byte[] value;
        private int position = Frame.SIZE;

        Cursor(byte[] value) {
            this.value = value;
        }

        MessageFrame frame() throws Rejected {
            int count = next();
            if (count == 0) {
                return new MessageFrame(List.of(0), position);
            }
            if (count < 0 || count > MOST_INDEXES) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE,
                        "the frame says that `" + count
                                + "` indexes name the message; is it the frame of another serializer?");
            }
            List<Integer> indexes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                indexes.add(next());
            }
            return new MessageFrame(List.copyOf(indexes), position);
        }

        private int next() throws Rejected {
            int bits = 0;
            for (int shift = 0; shift < MOST_BITS; shift += 7) {
                if (position == value.length) {
                    throw new Rejected(
                            RejectCode.TRUNCATED_PAYLOAD,
                            "the value ends in its frame, after " + value.length + " bytes");
                }
                byte next = value[position++];
                bits |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return bits >>> 1 ^ -(bits & 1);
                }
            }
            throw new Rejected(RejectCode.INVALID_VALUE, "the frame has an index of more than five bytes");
        }
    }
}
