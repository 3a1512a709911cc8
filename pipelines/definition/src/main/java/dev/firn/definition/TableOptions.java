package dev.firn.definition;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        @Doc("Iceberg's table properties, spelled as Iceberg spells them.")
                @Example("{write.parquet.compression-codec: zstd}")
                Map<String, String> properties) {

    public TableOptions {
        partitionBy = List.copyOf(partitionBy);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
