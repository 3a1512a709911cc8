package dev.firn.connector.iceberg;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code sink:} section of type {@code iceberg}. */
@Component(kind = "sink", name = "iceberg", summary = "Iceberg tables, in any of Iceberg's catalogs.")
public record IcebergOptions(
        @Required
                @Doc("Iceberg's catalog properties, spelled as Iceberg spells them; `type` is one of `hadoop`, `hive`,"
                        + " `jdbc`, `rest`, or else `catalog-impl` names a class. One word is Firn's own: `catalog-name`"
                        + " (default `firn`), the name under which a `jdbc` catalog keeps its tables.")
                @Example("{type: rest, uri: \"${env:CATALOG}\"}")
                Map<String, Text> catalog) {

    public IcebergOptions {
        catalog = Collections.unmodifiableMap(new LinkedHashMap<>(catalog));
    }
}
