package dev.firn.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Registry;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan goes by all versions of a stream's schema, as the job will. */
class NewestOutlookTest {

    private static final Connectors CONNECTORS = Connectors.load(NewestOutlookTest.class.getClassLoader());

    private static final String FIRST =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"}, {"name": "cust", "type": "string"}]}
            """;

    private static final String SECOND =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"}, {"name": "customer", "type": "string", "aliases": ["cust"]}]}
            """;

    private static final String THIRD = SECOND.replace(", \"aliases\": [\"cust\"]", "");

    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        new HadoopCatalog(new Configuration(), lake())
                .createTable(
                        TableIdentifier.of("sales", "orders"),
                        new Schema(
                                Types.NestedField.required(1, "id", Types.LongType.get()),
                                Types.NestedField.required(2, "cust", Types.StringType.get())),
                        PartitionSpec.unpartitioned(),
                        Map.of());
        List.of(FIRST, SECOND, THIRD).forEach(schema -> registry.register("orders-value", schema));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** The newest version has no alias any more. */
    @Test
    void aRenameIsOneForThePlanToo() {
        assertThat(planned())
                .containsExactly(
                        "`sales.orders` has the column `cust`, which is `customer` in the stream's latest schema:"
                                + " its first record renames the column (`rename-column: apply`)");
    }

    @Test
    void aNewerVersionThatNobodyCanReadIsNoReasonToSayNothing() {
        registry.register("orders-value", "{\"type\": \"record\", \"name\": \"Order\", \"fields\": 7}");

        assertThat(planned()).singleElement().asString().contains("is not valid Avro");
    }

    private List<String> planned() {
        PipelineDefinition definition =
                PipelineReader.read("orders.yaml", text(), CONNECTORS).value().orElseThrow();
        SystemReferences references = SystemReferences.ofThisProcess();
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext live = LivePlanContext.open(
                definition, CONNECTORS, references, NewestOutlook.of(definition, CONNECTORS, references), opening)) {
            // As it is, but for the brokers.
            SupposedContext context = new SupposedContext(live, CONNECTORS, references, Map.of());
            return Planner.plan(definition, CONNECTORS, context).diagnostics().stream()
                    .map(Diagnostic::message)
                    .toList();
        }
    }

    private String text() {
        return """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "${env:NOBODY}"}
                  format: {type: avro, registry: {url: "REGISTRY"}}
                route:
                  - {from: orders, to: sales.orders}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "LAKE"}}
                """
                .replace("REGISTRY", registry.url())
                .replace("LAKE", lake());
    }

    private String lake() {
        return folder.resolve("lake").toUri().toString();
    }
}
