package dev.firn.schema.avro;

import dev.firn.schema.binding.Absence;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import org.jspecify.annotations.Nullable;

/** Reads a choice into a struct that has one value at most: that of the branch. */
final class UnionReader implements ValueReader {

    private final String path;
    private final Absence absence;
    private final RecordReader.@Nullable Placed[] branches;
    private final int width;
    private final StructFactory.Maker maker;

    /** @param branches in the writer's order, with nothing where null stands */
    UnionReader(
            String path,
            Absence absence,
            RecordReader.@Nullable Placed[] branches,
            int width,
            StructFactory.Maker maker) {
        this.path = path;
        this.absence = absence;
        this.branches = branches;
        this.width = width;
        this.maker = maker;
    }

    @Override
    public @Nullable Object read(Payload payload) throws Rejected {
        return read(payload, readIndex(payload, branches.length, path));
    }

    /** Reads the value of a branch that is known. */
    @Nullable
    Object read(Payload payload, int index) throws Rejected {
        RecordReader.@Nullable Placed branch = branches[index];
        if (branch == null) {
            return absence.value(path);
        }
        @Nullable Object[] values = new Object[width];
        branch.into(values, payload);
        return maker.struct(values);
    }

    static int readIndex(Payload payload, int branches, String path) throws Rejected {
        int index = payload.readInt(path);
        if (index < 0 || index >= branches) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` names branch `" + index + "`, and its union has " + branches);
        }
        return index;
    }
}
