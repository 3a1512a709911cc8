package dev.firn.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import dev.firn.devstack.orders.OrdersVolume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevstackTest {

    private static final OrdersVolume SMALL = OrdersVolume.scaledTo(2_000);

    @TempDir
    static Path directory;

    static DevstackProcess stack;
    static Readback readback;

    @BeforeAll
    static void start() {
        stack = DevstackProcess.start(directory);
        readback = new Readback(stack.bootstrapServers(), stack.registryUrl());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void hasABrokerAndARegistryOnThisMachineOnly() {
        assertThat(stack.services()).extracting(ReadyService::name).containsExactly("broker", "registry");
        assertThat(stack.services())
                .extracting(ReadyService::description)
                .containsExactly("Kafka 3.9.2, KRaft", "Confluent API (Apicurio)");
        assertThat(stack.services())
                .allSatisfy(service -> assertThat(service.readySeconds()).isPositive());
        assertThat(stack.bootstrapServers()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(stack.registryUrl()).matches("http://127\\.0\\.0\\.1:\\d+/apis/ccompat/v7");
    }

    @Test
    void framesOrdersSoThatTheRegistryKnowsEverySchemaButFour() {
        OrdersLoad load = OrdersLoad.of(SMALL).inTopics("framed-orders", "framed-refunds");
        OrdersProduced produced = stack.produceOrders(load);

        assertThat(produced.ordersRecords()).isEqualTo(2_012);
        assertThat(produced.refundsRecords()).isEqualTo(500);
        assertThat(readback.get("/subjects")).contains("\"framed-orders-value\"", "\"framed-refunds-value\"");
        Schema orders = readback.schema(produced.ordersSchemaId());
        Schema refunds = readback.schema(produced.refundsSchemaId());
        assertThat(orders.getFields()).hasSize(14);
        assertThat(refunds.getFields()).hasSize(6);

        Map<String, Long> outcomes = readback.values("framed-orders").stream()
                .collect(Collectors.groupingBy(readback::outcome, Collectors.counting()));
        assertThat(outcomes)
                .containsOnly(
                        Map.entry("decoded with " + produced.ordersSchemaId(), 2_000L),
                        Map.entry("truncated", 5L),
                        Map.entry("wrong magic byte", 3L),
                        Map.entry("unknown schema id", 4L));
        assertThat(readback.values("framed-refunds")).hasSize(500).allSatisfy(value -> assertThat(
                        readback.outcome(value))
                .isEqualTo("decoded with " + produced.refundsSchemaId()));
    }

    @Test
    void writesEveryOrderOnceAndExactlyTheAskedForTestOrders() {
        OrdersLoad load = OrdersLoad.of(SMALL).inTopics("counted-orders", "counted-refunds");
        stack.produceOrders(load);

        List<GenericRecord> orders = readback.decodable("counted-orders");
        assertThat(orders)
                .extracting(order -> order.get("order_id"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(orders)
                .filteredOn(order -> order.get("region").toString().equals("TEST"))
                .hasSize(12);
        assertThat(orders).anySatisfy(order -> assertThat(String.valueOf(order.get("note")))
                .matches(".*[^\\x00-\\x7f].*"));
        assertThat(readback.partitions("counted-orders")).isEqualTo(6);
        assertThat(readback.partitions("counted-refunds")).isEqualTo(2);
    }

    @Test
    void writesTheSameBytesForTheSameSeedAndOthersForAnother() {
        OrdersLoad load = OrdersLoad.of(SMALL);
        stack.produceOrders(load.inTopics("first-orders", "first-refunds"));
        stack.produceOrders(load.inTopics("second-orders", "second-refunds"));
        stack.produceOrders(load.withSeed(7).inTopics("third-orders", "third-refunds"));

        assertThat(readback.contents("second-orders")).isEqualTo(readback.contents("first-orders"));
        assertThat(readback.contents("second-refunds")).isEqualTo(readback.contents("first-refunds"));
        assertThat(readback.decodable("third-orders")).doesNotContainAnyElementsOf(readback.decodable("first-orders"));
    }

    @Test
    void writesTheLastOrdersWithTheSecondVersionOfTheirSchema() {
        OrdersLoad load =
                OrdersLoad.of(SMALL).inTopics("older-orders", "older-refunds").withNewer(500);
        OrdersProduced produced = stack.produceOrders(load);
        long newer = stack.produceNewerOrders(load);

        List<GenericRecord> orders = readback.decodable("older-orders");
        assertThat(produced.and(newer).ordersRecords()).isEqualTo(2_012);
        assertThat(orders)
                .extracting(order -> order.get("order_id"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(orders)
                .filteredOn(order -> order.getSchema().getField("coupon") != null)
                .hasSize(500)
                .allSatisfy(order -> assertThat(order.get("quantity")).isInstanceOf(Long.class))
                .anySatisfy(order -> assertThat(order.get("coupon")).hasToString("SNOW10"));
    }

    @Test
    void tellsHowFarItIs() {
        OrdersLoad load = OrdersLoad.of(OrdersVolume.scaledTo(12_000)).inTopics("long-orders", "long-refunds");
        Map<String, List<Long>> progress = new LinkedHashMap<>();

        stack.produceOrders(load, (topic, count) -> progress.computeIfAbsent(topic, first -> new ArrayList<>())
                .add(count));

        assertThat(progress).containsOnly(Map.entry("long-orders", List.of(5_000L, 10_000L)));
    }

    @Test
    void declaresTopicsAndSubjectsBeforeThereAreRecords() {
        stack.declareOrders(OrdersLoad.of(SMALL).inTopics("early-orders", "early-refunds"));

        assertThat(readback.values("early-orders")).isEmpty();
        assertThat(readback.partitions("early-refunds")).isEqualTo(2);
        assertThat(readback.get("/subjects/early-orders-value/versions")).isEqualTo("[1]");
    }

    @Test
    void registersASchemaOfSeveralLines() {
        String schema =
                """
                {
                \t"type": "record", "name": "Menu", "doc": "a \\"café\\"", "fields": []
                }
                """;

        int id = stack.register("menu-value", schema);

        assertThat(readback.schema(id).getDoc()).isEqualTo("a \"café\"");
        assertThat(stack.register("menu-value", schema)).isEqualTo(id);
    }

    @Test
    void saysWhyItCantDoWhatItIsAskedTo() {
        stack.createTopic("only-once", 3);

        assertThatThrownBy(() -> stack.createTopic("only-once", 3))
                .isInstanceOf(DevstackException.class)
                .hasMessage("can't create topic `only-once`: Topic 'only-once' already exists.");
        assertThatThrownBy(() -> stack.register("broken-value", "{\"type\": \"recor\"}"))
                .isInstanceOf(DevstackException.class)
                .hasMessageStartingWith("the registry refuses the schema of `broken-value` (status 4");
        assertThat(readback.partitions("only-once")).isEqualTo(3);
    }

    @Test
    void refusesASecondStackInTheSameFolder() {
        assertThatThrownBy(() -> DevstackProcess.start(directory.resolve(".")))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("another devstack runs in `" + directory);
    }
}
