package dev.firn.spi.notation;

import java.util.List;

/** A schema out of a document, and what of the document it does not hold. */
public record ReadSchema(PortableSchema schema, List<Loss> losses) {

    public ReadSchema {
        losses = List.copyOf(losses);
    }
}
