package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same pipeline on a catalog that is a database; the other tests run on the hadoop catalog. */
class CatalogsIT {

    private static final OrdersVolume VOLUME = OrdersVolume.scaledTo(2_000);

    @Test
    void aJdbcCatalogOnSqliteTakesTwoRuns() throws Exception {
        String orders = Stack.unique("orders");
        String refunds = Stack.unique("refunds");
        Pipeline pipeline = Pipeline.withCatalog(
                Stack.unique("jdbc"),
                List.of(orders, refunds),
                "{type: jdbc, uri: \"jdbc:sqlite:file:FOLDER/catalog.db\", warehouse: \"file:FOLDER/lake\","
                        + " jdbc.schema-version: V1}");
        OrdersLoad load = OrdersLoad.of(VOLUME).inTopics(orders, refunds);
        for (int run = 1; run <= 2; run++) {
            Stack.running().produceOrders(load);

            Firn.Answer answer = pipeline.run("--until-caught-up");

            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(pipeline.rows(pipeline.table(orders), "order_id")).hasSize(run * VOLUME.orders());
            assertThat(pipeline.rows(pipeline.table(refunds), "refund_id")).hasSize(run * VOLUME.refunds());
            assertThat(pipeline.rows(pipeline.quarantine(), "code")).hasSize(run * VOLUME.undecodable());
            assertThat(pipeline.ledger().lastRun()).isEqualTo(run);
        }
    }
}
