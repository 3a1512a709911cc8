package dev.firn.spi.sink;

import dev.firn.spi.record.RawRecord;
import java.util.List;
import java.util.Optional;

/** What quarantine keeps of the bytes of records. */
public interface KeptBytes {

    /** All, as they came. */
    KeptBytes RAW = record -> record;

    /** Nothing: no key, no value, no headers. */
    KeptBytes NONE =
            record -> new RawRecord(record.split(), record.position(), record.timestamp(), null, null, List.of());

    /** The record with those bytes that are written. */
    RawRecord of(RawRecord record);

    /** The fingerprint of the key that they are encrypted with; empty where they are not. */
    default Optional<String> encryptedWith() {
        return Optional.empty();
    }
}
