package dev.firn.schema;

import dev.firn.schema.row.KeyOptions;
import java.util.Optional;

/** The options of a source whose records have a format. */
public interface FormattedSource {

    FormatOptions format();

    /** How keys are read; empty where they have no columns. */
    Optional<KeyOptions> key();
}
