package dev.firn.schema.avro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Payloads as a bad disk, a bad proxy or a bad neighbour would make them. */
final class Corruption {

    /** 2^31 - 1 and -2^63 as varints: the claims that hurt a trusting reader most. */
    private static final List<byte[]> CLAIMS =
            List.of(new byte[] {(byte) 0xfe, -1, -1, -1, 0x0f}, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1});

    private Corruption() {}

    static List<byte[]> of(byte[] value, int from, long seed) {
        Random random = new Random(seed);
        List<byte[]> corrupt = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte[] flipped = value.clone();
            int at = from + random.nextInt(value.length - from);
            flipped[at] = (byte) (flipped[at] ^ 1 << random.nextInt(Byte.SIZE));
            corrupt.add(flipped);
        }
        for (byte[] claim : CLAIMS) {
            int at = from + random.nextInt(value.length - from);
            byte[] claiming = Arrays.copyOf(value, Math.max(value.length, at + claim.length));
            System.arraycopy(claim, 0, claiming, at, claim.length);
            corrupt.add(claiming);
        }
        corrupt.add(Arrays.copyOf(value, value.length + 1 + random.nextInt(9)));
        return corrupt;
    }
}
