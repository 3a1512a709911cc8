package dev.firn.schema.avro;

import dev.firn.schema.binding.Utf8;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Avro's binary encoding, read strictly: never past the end, and nothing is allocated because the bytes claim a length
 * that they do not have. Every method is told the path that it reads, for its complaint.
 */
final class Payload {

    /** Far beyond what people nest, and far from where a thread's stack ends. */
    private static final int DEEPEST = 500;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_HIGH_BIT = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private int position;
    private int depth;
    private int nothings;

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
        if (position < bytes.length && bytes[position] >= 0) {
            byte only = bytes[position++];
            return (only >>> 1) ^ -(only & 1);
        }
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
        if (remaining() >= Long.BYTES) {
            // Eight bytes at once, as most numbers have fewer: loops end where no branch prediction can tell.
            long word = (long) LONG.get(bytes, position);
            long ends = ~word & EACH_HIGH_BIT;
            if (ends != 0) {
                position += (Long.numberOfTrailingZeros(ends) + 1) / Byte.SIZE;
                long zigzag = joined(word & (ends ^ (ends - 1)));
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        return readLongByByte(path);
    }

    /** Puts the lower seven bits of each byte beside each other: pairs of bytes, pairs of those, both halves. */
    private static long joined(long word) {
        long pairs = (word & 0x007f_007f_007f_007fL) | (word & 0x7f00_7f00_7f00_7f00L) >>> 1;
        long fours = (pairs & 0x0000_3fff_0000_3fffL) | (pairs & 0x3fff_0000_3fff_0000L) >>> 2;
        return (fours & 0x0fff_ffffL) | (fours & 0x0fff_ffff_0000_0000L) >>> 4;
    }

    private long readLongByByte(String path) throws Rejected {
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
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    /** Eight bytes, the lowest first. */
    long readLittleEndianLong(String path) throws Rejected {
        need(Long.BYTES, path);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
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
        // Most are below 64, and so a byte.
        if (position < bytes.length && bytes[position] >= 0 && (bytes[position] & 1) == 0) {
            int length = bytes[position] >> 1;
            if (length < remaining()) {
                position++;
                return length;
            }
        }
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

    BigInteger readBigInteger(int length, String path) throws Rejected {
        need(length, path);
        BigInteger value = new BigInteger(bytes, position, length);
        position += length;
        return value;
    }

    String readString(String path) throws Rejected {
        return readText(readLength(path), path);
    }

    String readText(int length, String path) throws Rejected {
        need(length, path);
        String text = Utf8.text(bytes, position, length, path);
        position += length;
        return text;
    }

    /** A byte further on, which the caller knows to be there. */
    byte ahead(int offset) {
        return bytes[position + offset];
    }

    /** Goes into a record, an array or a map that may contain itself. */
    void descend(String path) throws Rejected {
        depth++;
        if (depth > DEEPEST) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is nested more than " + DEEPEST + " deep");
        }
    }

    void ascend() {
        depth--;
    }

    /** Bounds what takes no bytes, and so could be without end. */
    void countNothing(String path, int most) throws Rejected {
        nothings++;
        if (nothings > most) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE, "`" + path + "` has more than " + most + " items that take no bytes");
        }
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
