package dev.firn.benchmarks.flink;

import java.util.List;
import org.apache.avro.Schema;

/** Avro's way to say that a value may be absent: a union of null and one other. */
final class Optionals {

    private Optionals() {}

    static boolean isOptional(Schema schema) {
        return schema.isUnion();
    }

    /** What a value is where it is there. */
    static Schema present(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1 || schema.getTypes().size() != 2) {
            throw new IllegalArgumentException("a union of other than null and one type: " + schema);
        }
        return others.get(0);
    }
}
