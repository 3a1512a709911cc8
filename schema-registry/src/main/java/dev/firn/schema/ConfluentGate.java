package dev.firn.schema;

import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaTrouble;
import dev.firn.spi.record.RawRecord;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Looks at the ids in the frames of values, and of keys where they are read. A broken frame may pass: it is the writer's to reject. */
final class ConfluentGate implements SchemaGate {

    private final SchemaShelf.Lease schemas;
    private final Looks looks;
    private int lastOfKeys = RawRecord.NO_SCHEMA_ID;
    private int last = RawRecord.NO_SCHEMA_ID;

    ConfluentGate(SchemaShelf.Lease schemas, Looks looks) {
        this.schemas = schemas;
        this.looks = looks;
    }

    /**
     * Which frames are looked at.
     *
     * @param values of records that have one
     * @param keys of records that have a value
     * @param deletes keys of records that have none
     */
    record Looks(boolean values, boolean keys, boolean deletes) implements Serializable {
        boolean atAnything() {
            return values || keys || deletes;
        }
    }

    @Override
    public OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            // Nothing else of it is decoded.
            return looks.deletes() ? missingOfKey(key) : OptionalInt.empty();
        }
        int id = looks.values() ? RawRecord.framedId(value) : RawRecord.NO_SCHEMA_ID;
        // Neighbours are mostly of one schema.
        if (id != last && id != RawRecord.NO_SCHEMA_ID) {
            if (!schemas.isKnown(id)) {
                return OptionalInt.of(id);
            }
            if (schemas.isForGood(id)) {
                last = id;
            }
        }
        return looks.keys() ? missingOfKey(key) : OptionalInt.empty();
    }

    private OptionalInt missingOfKey(byte @Nullable [] key) {
        int id = RawRecord.framedId(key);
        if (id == lastOfKeys || id == RawRecord.NO_SCHEMA_ID) {
            return OptionalInt.empty();
        }
        if (!schemas.isKnown(id)) {
            return OptionalInt.of(id);
        }
        if (schemas.isForGood(id)) {
            lastOfKeys = id;
        }
        return OptionalInt.empty();
    }

    @Override
    public boolean isKnown(int id) {
        return schemas.isKnown(id);
    }

    @Override
    public Optional<SchemaTrouble> trouble(int id) {
        return schemas.trouble(id);
    }

    @Override
    public void onNews(Runnable listener) {
        schemas.onNews(listener);
    }

    @Override
    public void close() {
        schemas.close();
    }
}
