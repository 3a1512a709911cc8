package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.nio.charset.StandardCharsets;

/**
 * Avro's binary encoding, read strictly: never past the end, and nothing is allocated because the bytes claim a length
 * that they do not have. Every method is told the path that it reads, for its complaint.
 */
final class Payload {

    /** Far beyond what people nest, and far from where a thread's stack ends. */
    private static final int DEEPEST = 500;

    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private int position;
    private int depth;

    Payload(byte[] bytes, int start) {
        this.bytes = bytes;
        this.position = start;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    byte next(String path) throws Rejected {
        if (position == bytes.length) {
            throw truncated(path, 1);
        }
        return bytes[position++];
    }

    /** A zig-zag varint of at most 5 bytes. */
    int readInt(String path) throws Rejected {
        int zigzag = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = next(path);
            if (shift == 28 && (next & 0xf0) != 0) {
                break;
            }
            zigzag |= (next & 0x7f) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is a number of more than 32 bits");
    }

    /** A zig-zag varint of at most 10 bytes. */
    long readLong(String path) throws Rejected {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next(path);
            if (shift == 63 && (next & 0xfe) != 0) {
                break;
            }
            zigzag |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is a number of more than 64 bits");
    }

    /** Four bytes, the lowest first. */
    int readLittleEndianInt(String path) throws Rejected {
        need(Integer.BYTES, path);
        int start = position;
        position += Integer.BYTES;
        return (bytes[start] & 0xff)
                | (bytes[start + 1] & 0xff) << 8
                | (bytes[start + 2] & 0xff) << 16
                | (bytes[start + 3] & 0xff) << 24;
    }

    /** Eight bytes, the lowest first. */
    long readLittleEndianLong(String path) throws Rejected {
        need(Long.BYTES, path);
        long low = readLittleEndianInt(path) & 0xffff_ffffL;
        return low | (long) readLittleEndianInt(path) << Integer.SIZE;
    }

    /** Up to eight bytes, the highest first, with a sign. */
    long readBigEndian(int length, String path) throws Rejected {
        need(length, path);
        long value = length == 0 ? 0 : bytes[position] >> (Byte.SIZE - 1);
        for (int end = position + length; position < end; position++) {
            value = value << Byte.SIZE | (bytes[position] & 0xff);
        }
        return value;
    }

    /** The length of a text or of bytes, which the payload has. */
    int readLength(String path) throws Rejected {
        long length = readLong(path);
        if (length < 0) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` has the length `" + length + "`");
        }
        need(length, path);
        return (int) length;
    }

    void skip(int length, String path) throws Rejected {
        need(length, path);
        position += length;
    }

    byte[] readBytes(int length, String path) throws Rejected {
        need(length, path);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, position, copy, 0, length);
        position += length;
        return copy;
    }

    String readString(String path) throws Rejected {
        int length = readLength(path);
        // The JDK decodes ASCII in a few vector instructions, and puts one certain character for all that is wrong:
        // only a text with that character in it must be looked at again.
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            Utf8.check(bytes, position, length, path);
        }
        position += length;
        return text;
    }

    /** Goes into a record that may contain itself. */
    void descend(String path) throws Rejected {
        depth++;
        if (depth > DEEPEST) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE, "`" + path + "` is nested more than " + DEEPEST + " records deep");
        }
    }

    void ascend() {
        depth--;
    }

    /** Refuses a claim that the rest of the payload can't hold. */
    void need(long length, String path) throws Rejected {
        if (length > remaining()) {
            throw truncated(path, length);
        }
    }

    private Rejected truncated(String path, long needed) {
        return new Rejected(
                RejectCode.TRUNCATED_PAYLOAD,
                "the value ends in `" + path + "`, which needs " + needed + " more " + (needed == 1 ? "byte" : "bytes")
                        + " where " + remaining() + " are left");
    }
}
