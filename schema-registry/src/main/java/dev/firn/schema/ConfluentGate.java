package dev.firn.schema;

import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaTrouble;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.record.RawRecord;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Looks at the ids in the frames of values, and of keys where they are read. A broken frame may pass: it is the writer's to reject. */
final class ConfluentGate implements SchemaGate {

    private final SchemaShelf.Lease schemas;
    private final FramedParts parts;
    private int lastOfKeys = RawRecord.NO_SCHEMA_ID;
    private int last = RawRecord.NO_SCHEMA_ID;

    ConfluentGate(SchemaShelf.Lease schemas, FramedParts parts) {
        this.schemas = schemas;
        this.parts = parts;
    }

    @Override
    public OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value) {
        if (parts == FramedParts.KEY) {
            return value == null ? OptionalInt.empty() : missingOfKey(key);
        }
        int id = RawRecord.framedId(value);
        // Neighbours are mostly of one schema.
        if (id != last && id != RawRecord.NO_SCHEMA_ID) {
            if (!schemas.isKnown(id)) {
                return OptionalInt.of(id);
            }
            if (schemas.isForGood(id)) {
                last = id;
            }
        }
        // Of a tombstone nothing is decoded.
        return parts == FramedParts.KEY_AND_VALUE && value != null ? missingOfKey(key) : OptionalInt.empty();
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
