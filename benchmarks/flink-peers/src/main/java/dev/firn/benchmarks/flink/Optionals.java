package dev.firn.benchmarks.flink;

import java.util.List;
import org.apache.avro.Schema;

/** Avro's way to say that a value may be absent: a union of null and one other. */
final class Optionals {

    private Optionals() {}

    /** What a value is where it is there. */
    static Schema present(Schema union) {
        List<Schema> others = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1 || union.getTypes().size() != 2) {
            throw new IllegalArgumentException("a union of other than null and one type: " + union);
        }
        return others.get(0);
    }
}
