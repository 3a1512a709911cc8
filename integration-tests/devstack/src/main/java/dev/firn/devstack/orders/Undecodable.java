package dev.firn.devstack.orders;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** How a well-formed message (magic byte 0, four bytes of schema id, Avro) can be spoilt. */
enum Undecodable {
    /** Half of the Avro payload is missing, so decoding always runs into its end. */
    TRUNCATED {
        @Override
        byte[] spoilt(byte[] message, int index) {
            int kept = HEADER + (message.length - HEADER) / 2;
            return ByteBuffer.allocate(kept).put(message, 0, kept).array();
        }
    },
    WRONG_MAGIC {
        @Override
        byte[] spoilt(byte[] message, int index) {
            byte[] spoilt = message.clone();
            spoilt[0] = 1;
            return spoilt;
        }
    },
    UNKNOWN_SCHEMA_ID {
        @Override
        byte[] spoilt(byte[] message, int index) {
            byte[] spoilt = message.clone();
            ByteBuffer.wrap(spoilt).putInt(1, FIRST_UNKNOWN_ID + index);
            return spoilt;
        }
    };

    private static final int HEADER = 5;
    /** A registry counts from 1 and is not going to reach this. */
    private static final int FIRST_UNKNOWN_ID = 2_000_000_000;

    abstract byte[] spoilt(byte[] message, int index);

    /** As many of each kind as the volume asks for, mixed. */
    static List<Undecodable> mixed(OrdersVolume volume, long seed) {
        List<Undecodable> all = new ArrayList<>();
        all.addAll(Collections.nCopies(volume.truncated(), TRUNCATED));
        all.addAll(Collections.nCopies(volume.wrongMagic(), WRONG_MAGIC));
        all.addAll(Collections.nCopies(volume.unknownSchemaId(), UNKNOWN_SCHEMA_ID));
        Collections.shuffle(all, new Random(seed));
        return List.copyOf(all);
    }
}
