package dev.firn.devstack.orders;

import io.apicurio.registry.serde.Legacy4ByteIdHandler;
import io.apicurio.registry.serde.SerdeConfig;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.strategy.TopicIdStrategy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the shop's records with Apicurio's serializer, framed as Confluent's would: 0, four bytes of schema id, Avro. */
public final class OrdersProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>();

    /** Takes the address of Apicurio's own API, which its serializer speaks. */
    public OrdersProducer(String bootstrapServers, String apicurioUrl) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
                        ProducerConfig.LINGER_MS_CONFIG, "20",
                        ProducerConfig.BATCH_SIZE_CONFIG, "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        serializer.configure(
                Map.of(
                        SerdeConfig.REGISTRY_URL,
                        apicurioUrl,
                        SerdeConfig.AUTO_REGISTER_ARTIFACT,
                        true,
                        SerdeConfig.ARTIFACT_RESOLVER_STRATEGY,
                        TopicIdStrategy.class.getName(),
                        SerdeConfig.ID_HANDLER,
                        Legacy4ByteIdHandler.class.getName(),
                        SerdeConfig.USE_ID,
                        "contentId"),
                false);
    }

    /** The schemas that the two topics are written with. */
    public static Schema ordersSchema() {
        return ShopSchemas.ORDERS;
    }

    /** With a field more, and a quantity that takes more. */
    public static Schema newerOrdersSchema() {
        return ShopSchemas.NEWER_ORDERS;
    }

    public static Schema refundsSchema() {
        return ShopSchemas.REFUNDS;
    }

    /**
     * Sends everything to existing topics and waits for the broker; reports topic and count now and then.
     *
     * <p>Both subjects exist: the serializer writes with the newest version. To register the schema of each record itself
     * it would print that schema for every record, which takes longer than all the rest.
     */
    public OrdersProduced produce(OrdersLoad load, ObjLongConsumer<String> progress) {
        Orders orders = new Orders(load.seed(), load.volume());
        Sending sentOrders = sendOrders(load, orders, new Sending(producer, load.ordersTopic(), progress));
        Sending sentRefunds =
                sendRefunds(load, new Refunds(orders), new Sending(producer, load.refundsTopic(), progress));
        return new OrdersProduced(
                load.volume(),
                sentOrders.acknowledged(),
                schemaId(load.ordersTopic(), orders.order(1)),
                sentRefunds.acknowledged(),
                schemaId(load.refundsTopic(), new Refunds(orders).refund(1)));
    }

    /** Sends the load's newer orders, whose schema is the newest of its subject. */
    public long produceNewer(OrdersLoad load) {
        Orders orders = new Orders(load.seed(), load.volume());
        Sending sending = new Sending(producer, load.ordersTopic(), (topic, count) -> {});
        int count = load.volume().orders();
        for (int number = count - load.newer() + 1; number <= count; number++) {
            sendOrder(sending, number, message(sending.topic(), orders.newerOrder(number)), load.seed());
        }
        return sending.awaitAll().acknowledged();
    }

    /** The undecodable ones are orders too, numbered after the good ones and sent among them at even distances. */
    private Sending sendOrders(OrdersLoad load, Orders orders, Sending sending) {
        List<Undecodable> spoilt = Undecodable.mixed(load.volume(), load.seed());
        long count = (long) load.volume().orders() - load.newer();
        int next = 0;
        for (int number = 1; number <= count; number++) {
            sendOrder(sending, number, message(sending.topic(), orders.order(number)), load.seed());
            while (next < spoilt.size() && (2L * next + 1) * count / (2L * spoilt.size()) < number) {
                int extra = load.volume().orders() + 1 + next;
                byte[] message = message(sending.topic(), orders.order(extra));
                sendOrder(sending, extra, spoilt.get(next).spoilt(message, next), load.seed());
                next++;
            }
        }
        return sending.awaitAll();
    }

    private static void sendOrder(Sending sending, int number, byte[] message, long seed) {
        ProducerRecord<byte[], byte[]> record = sending.record(number, message);
        if (number % 8 == 0) {
            String trace = HexFormat.of().toHexDigits(new SplittableRandom(seed + number).nextLong());
            record.headers().add("trace-id", trace.getBytes(StandardCharsets.UTF_8));
        }
        sending.send(record);
    }

    private Sending sendRefunds(OrdersLoad load, Refunds refunds, Sending sending) {
        for (int number = 1; number <= load.volume().refunds(); number++) {
            GenericRecord refund = refunds.refund(number);
            long order = (Long) refund.get("order_id");
            sending.send(sending.record(order, message(sending.topic(), refund)));
        }
        return sending.awaitAll();
    }

    private byte[] message(String topic, GenericRecord record) {
        // Without headers: given any, the serializer puts the schema id there and not into the payload.
        return serializer.serialize(topic, record);
    }

    private int schemaId(String topic, GenericRecord record) {
        return ByteBuffer.wrap(message(topic, record)).getInt(1);
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
