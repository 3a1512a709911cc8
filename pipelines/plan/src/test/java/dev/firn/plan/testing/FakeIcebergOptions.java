package dev.firn.plan.testing;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.util.Map;

/** Has nothing but its catalog. */
@Component(kind = "sink", name = "iceberg", summary = "Writes tables.")
public record FakeIcebergOptions(
        @Required @Doc("Iceberg's own names.") @Example("{type: hadoop, warehouse: ./lake}")
                Map<String, Text> catalog) {}
