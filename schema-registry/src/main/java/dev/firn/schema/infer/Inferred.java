package dev.firn.schema.infer;

import dev.firn.spi.notation.PortableSchema;
import java.util.List;

/**
 * A schema that data have, and what it is concluded from.
 *
 * @param remarks sentences on what is not as one would think: types that were widened, places where nothing ever stood
 */
public record Inferred(PortableSchema schema, long records, List<InferredRow> rows, List<String> remarks) {

    public Inferred {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }
}
