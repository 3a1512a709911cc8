package dev.firn.devstack;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import dev.firn.devstack.orders.OrdersProducer;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** What the stack can be asked to do, and the loop that reads such requests from the parent process. */
final class Commands implements AutoCloseable {

    private final String bootstrapServers;
    private final String registryUrl;
    private final Topics topics;
    private final Subjects subjects;

    Commands(Stack stack) {
        bootstrapServers = stack.broker().ready().address();
        registryUrl = stack.registry().ready().address();
        topics = Topics.of(bootstrapServers);
        subjects = new Subjects(registryUrl);
    }

    /** Answers every line until {@code stop} or the end of the input, which means that the parent is gone. */
    void serve(BufferedReader requests, Consumer<Line> answers) throws IOException {
        for (String text = requests.readLine(); text != null; text = requests.readLine()) {
            Line request = Line.parse(text);
            if (request.verb().equals(Protocol.STOP)) {
                return;
            }
            answers.accept(answerOrFailure(request, answers));
        }
    }

    private Line answerOrFailure(Line request, Consumer<Line> progress) {
        try {
            return answer(request, progress);
        } catch (DevstackException problem) {
            return Line.of(Protocol.FAILED, String.valueOf(problem.getMessage()));
        } catch (RuntimeException problem) {
            problem.printStackTrace();
            return Line.of(Protocol.FAILED, problem);
        }
    }

    private Line answer(Line request, Consumer<Line> progress) {
        switch (request.verb()) {
            case Protocol.CREATE_TOPIC -> {
                topics.create(request.field(0), request.number(1));
                return Line.of(Protocol.DONE);
            }
            case Protocol.REGISTER -> {
                return Line.of(Protocol.DONE, subjects.register(request.field(0), request.field(1)));
            }
            case Protocol.DECLARE_ORDERS -> {
                declareOrders(Protocol.load(request));
                return Line.of(Protocol.DONE);
            }
            case Protocol.PRODUCE_ORDERS -> {
                return Protocol.produced(produceOrders(
                        Protocol.load(request),
                        (topic, count) -> progress.accept(Line.of(Protocol.PROGRESS, topic, count))));
            }
            case Protocol.PRODUCE_NEWER_ORDERS -> {
                return Line.of(Protocol.DONE, produceNewerOrders(Protocol.load(request)));
            }
            default -> throw new DevstackException("unknown command `" + request.verb() + "`");
        }
    }

    /** Creates both topics and registers both schemas, in the form in which the serializer looks them up. */
    void declareOrders(OrdersLoad load) {
        topics.createIfMissing(load.ordersTopic(), OrdersLoad.ORDERS_PARTITIONS);
        topics.createIfMissing(load.refundsTopic(), OrdersLoad.REFUNDS_PARTITIONS);
        subjects.register(
                load.ordersTopic() + "-value", OrdersProducer.ordersSchema().toString());
        subjects.register(
                load.refundsTopic() + "-value", OrdersProducer.refundsSchema().toString());
    }

    OrdersProduced produceOrders(OrdersLoad load, ObjLongConsumer<String> progress) {
        declareOrders(load);
        try (OrdersProducer producer = new OrdersProducer(bootstrapServers, RegistryService.apicurioUrl(registryUrl))) {
            return producer.produce(load, progress);
        }
    }

    long produceNewerOrders(OrdersLoad load) {
        subjects.register(
                load.ordersTopic() + "-value",
                OrdersProducer.newerOrdersSchema().toString());
        try (OrdersProducer producer = new OrdersProducer(bootstrapServers, RegistryService.apicurioUrl(registryUrl))) {
            return producer.produceNewer(load);
        }
    }

    @Override
    public void close() {
        topics.close();
    }
}
