package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.plan.testing.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final String TOPICS =
            "source: {type: kafka, topics: [orders-eu, orders, refunds], format: {registry: {url: 'http://r'}}}\n";

    private static final String TWO_SOURCES =
            """
            source:
              - {name: us, type: kafka, topics: [orders, refunds], format: {registry: {url: 'http://r'}}}
              - {name: eu, type: kafka, topics: [orders], format: {registry: {url: 'http://r'}}}
            """;

    @Test
    void sendsEveryStreamToItsNameInTheNamespaceWithoutRoutes() {
        assertThat(routes("")).containsExactly("kafka/orders -> shop.orders", "kafka/refunds -> shop.refunds");
        assertThat(routes(TOPICS + "sink: {type: iceberg, namespace: raw.eu, catalog: {type: hadoop}}"))
                .containsExactly(
                        "kafka/orders -> raw.eu.orders",
                        "kafka/orders-eu -> raw.eu.orders_eu",
                        "kafka/refunds -> raw.eu.refunds");
    }

    @Test
    void takesTheFirstLineThatMatches() {
        assertThat(
                        routes(
                                """
                        route:
                          - {from: orders, to: sales.first}
                          - {from: "*", to: sales.rest}
                        """))
                .containsExactly("kafka/orders -> sales.first", "kafka/refunds -> sales.rest");
    }

    @Test
    void fillsInWhatStarsAndGroupsTook() {
        assertThat(
                        routes(
                                TOPICS
                                        + """
                        route:
                          - {from: "orders-*", to: sales.orders_$1}
                          - {from: "/(ref)(unds)/", to: "$2.$1_of_$stream"}
                          - {from: "*", to: sales.$stream}
                        """))
                .containsExactly(
                        "kafka/orders -> sales.orders",
                        "kafka/orders-eu -> sales.orders_eu",
                        "kafka/refunds -> unds.ref_of_refunds");
    }

    @Test
    void tellsStreamsOfTheSameNameApartByTheirSource() {
        assertThat(
                        routes(
                                TWO_SOURCES
                                        + """
                        route:
                          - {from: eu/orders, to: eu.orders}
                          - {from: "us/*", to: us.$stream}
                        """))
                .containsExactly("eu/orders -> eu.orders", "us/orders -> us.orders", "us/refunds -> us.refunds");
    }

    @Test
    void putsStreamsOfEqualColumnsIntoOneTable() {
        PipelinePlan plan = Plans.plan(
                TOPICS
                        + """
                route:
                  - {from: "orders*", to: sales.orders}
                  - {from: refunds, to: sales.refunds}
                """);
        assertThat(plan.tables().get(0).streams()).containsExactly("kafka/orders", "kafka/orders-eu");
    }

    @Test
    void reportsEveryStreamThatNoLineNames() {
        assertThat(complaints(TOPICS + "route: [{from: orders, to: sales.orders}]"))
                .containsExactly("no route names the stream `orders-eu`", "no route names the stream `refunds`");
    }

    @Test
    void reportsALineThatStandsThereTwice() {
        assertThat(
                        complaints(
                                """
                        route:
                          - {from: "*", to: sales.$stream}
                          - {from: "*", to: sales.$stream}
                        """))
                .containsExactly("no stream is routed by `*`: none has that name, or a line above takes it");
    }

    private static List<String> routes(String text) {
        return Plans.plan(text).routes().stream()
                .map(route -> route.source() + "/" + route.stream() + " -> " + route.table())
                .toList();
    }

    private static List<String> complaints(String text) {
        Checked<PipelinePlan> plan = Plans.checked(text);
        return Plans.messages(plan);
    }
}
