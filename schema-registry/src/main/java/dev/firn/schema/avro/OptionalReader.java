package dev.firn.schema.avro;

import dev.firn.schema.binding.Absence;
import dev.firn.spi.format.Rejected;
import org.jspecify.annotations.Nullable;

/** Reads {@code [null, T]} in either order. */
final class OptionalReader implements ValueReader {

    private final String path;
    private final int nullIndex;
    private final Absence absence;
    private final ValueReader present;

    OptionalReader(String path, int nullIndex, Absence absence, ValueReader present) {
        this.path = path;
        this.nullIndex = nullIndex;
        this.absence = absence;
        this.present = present;
    }

    @Override
    public @Nullable Object read(Payload payload) throws Rejected {
        int index = UnionReader.readIndex(payload, 2, path);
        return index == nullIndex ? absence.value(path) : present.read(payload);
    }
}
