package dev.firn.definition;

import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code tables:}. */
@Component(kind = "table", name = "table", summary = "Settings for the tables that match; a later entry wins.")
public record TableOptions(
        @Required
                @Doc("Which tables: a name, a name with `*`, or a regular expression between slashes.")
                @Example("sales.orders")
                String table,
        @Doc("Iceberg's partition transforms, separated by commas or as a list.")
                @Example("day(placed_at), bucket(customer_id, 16)")
                List<String> partitionBy,
        @Doc(
                        "The order of the rows in each file: columns, separated by commas or as a list, rising unless `desc` stands"
                                + " behind one; set when the table is made.")
                @Example("placed_at desc, order_id")
                List<String> sortBy,
        @AtMost("1d")
                @Doc(
                        "The least time between two commits to the table, in whole checkpoints; at every checkpoint with rows"
                                + " unless said.")
                @Example("5m")
                Optional<Duration> commitInterval,
        @Doc("How much may wait for a table that can't be committed to, and what happens when it is more.")
                @Example("{for: 6h}")
                HoldOptions hold,
        @Doc("Iceberg's table properties, spelled as Iceberg spells them. With `write.distribution-mode: hash` each"
                        + " partition's rows come to one of the parallel writers.")
                @Example("{write.parquet.compression-codec: zstd}")
                Map<String, String> properties) {

    public TableOptions {
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
