package dev.firn.spi.notation;

import java.util.List;

/** A schema as a text, with a line feed at the end, and what of the schema it does not hold. */
public record WrittenSchema(String text, List<Loss> losses) {

    public WrittenSchema {
        losses = List.copyOf(losses);
    }
}
