package dev.firn.plan;

import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Golden;
import dev.firn.plan.testing.Plans;
import dev.firn.plan.testing.Shop;
import dev.firn.spi.sink.ExistingTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanDotTest {

    @Test
    void drawsStreamsInTheirSourcesAndTheTablesThatTheyLeadTo() {
        String file =
                """
                route:
                  - {from: orders, by: region, to: [shop.orders, there.$by], max-tables: 20}
                  - {from: refunds, to: [there.refunds, shop.refunds]}
                tables:
                  - {table: shop.*, partition-by: "bucket(order_id, 16)"}
                """;
        PipelinePlan plan = Planner.plan(
                        Plans.definition(file),
                        Plans.CONNECTORS,
                        new FakeContext(
                                Map.of("orders", Shop.ORDERS, "refunds", Shop.REFUNDS),
                                Map.of("there.refunds", new ExistingTable("1", Shop.REFUNDS, List.of()))))
                .value()
                .orElseThrow();

        Golden.at(Path.of("src/test/resources/dot/by-value.dot")).isEqualTo(PlanDot.write(plan));
    }
}
