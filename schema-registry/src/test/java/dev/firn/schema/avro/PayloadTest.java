package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.format.Rejected;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are read eight bytes at once where there are as many, and byte by byte at the end of a payload. */
class PayloadTest {

    @Test
    void aNumberIsTheSameWhateverIsBehindIt() throws Rejected {
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            long number = random.nextLong() >> random.nextInt(Long.SIZE);
            byte[] varint = varint(number, random.nextInt(3));
            for (int behind : new int[] {0, 1, 7, 8, 20}) {
                byte[] bytes = Arrays.copyOf(varint, varint.length + behind);
                Arrays.fill(bytes, varint.length, bytes.length, (byte) random.nextInt());
                Payload payload = new Payload(bytes, 0);

                assertThat(payload.readLong("v")).isEqualTo(number);
                assertThat(payload.position()).isEqualTo(varint.length);
            }
        }
    }

    @Test
    void theLargestAndTheSmallestAreRead() throws Rejected {
        for (long number : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, 1L << 55, (1L << 55) - 1, -(1L << 55)}) {
            byte[] bytes = Arrays.copyOf(varint(number, 0), 30);

            assertThat(new Payload(bytes, 0).readLong("v")).isEqualTo(number);
        }
    }

    /** With padding, which is unusual and valid, as far as ten bytes allow. */
    private static byte[] varint(long number, int padding) {
        byte[] bytes = new byte[10];
        long rest = number << 1 ^ number >> 63;
        int length = 0;
        do {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        } while (rest != 0);
        length = Math.min(length + padding, bytes.length);
        for (int i = 0; i < length - 1; i++) {
            bytes[i] |= (byte) 0x80;
        }
        bytes[length - 1] &= 0x7f;
        return Arrays.copyOf(bytes, length);
    }
}
