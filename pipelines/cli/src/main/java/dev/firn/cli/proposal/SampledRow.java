package dev.firn.cli.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a sample, with what its record says beside it.
 *
 * @param values in the order of the columns
 * @param time the record's own
 * @param key the record's, where it is readable text
 */
public record SampledRow(List<@Nullable Object> values, Optional<Instant> time, Optional<String> key) {

    public SampledRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
