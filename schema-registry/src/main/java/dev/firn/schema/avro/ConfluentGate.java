package dev.firn.schema.avro;

import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaTrouble;
import dev.firn.spi.record.RawRecord;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Looks at the id in a value's frame. A broken frame may pass: it is the writer's to reject. */
final class ConfluentGate implements SchemaGate {

    private final SchemaShelf.Lease schemas;
    private int last = RawRecord.NO_SCHEMA_ID;

    ConfluentGate(SchemaShelf.Lease schemas) {
        this.schemas = schemas;
    }

    @Override
    public OptionalInt missing(byte @Nullable [] key, byte @Nullable [] value) {
        int id = RawRecord.framedId(value);
        // Neighbours are mostly of one schema.
        if (id == last || id == RawRecord.NO_SCHEMA_ID) {
            return OptionalInt.empty();
        }
        if (!schemas.isKnown(id)) {
            return OptionalInt.of(id);
        }
        if (schemas.isForGood(id)) {
            last = id;
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
