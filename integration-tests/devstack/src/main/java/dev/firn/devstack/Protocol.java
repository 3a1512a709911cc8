package dev.firn.devstack;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import dev.firn.devstack.orders.OrdersVolume;

/** The verbs of the protocol and the values that cross it, each written and read in one place. */
final class Protocol {

    static final String SERVICE = "service";
    static final String READY = "ready";
    static final String PROGRESS = "progress";
    static final String DONE = "done";
    static final String FAILED = "failed";

    static final String CREATE_TOPIC = "create-topic";
    static final String REGISTER = "register";
    static final String DECLARE_ORDERS = "declare-orders";
    static final String PRODUCE_ORDERS = "produce-orders";
    static final String PRODUCE_NEWER_ORDERS = "produce-newer-orders";
    static final String STOP = "stop";

    private Protocol() {}

    static Line service(ReadyService service) {
        return Line.of(SERVICE, service.name(), service.description(), service.address(), service.readySeconds());
    }

    static ReadyService service(Line line) {
        return new ReadyService(line.field(0), line.field(1), line.field(2), Double.parseDouble(line.field(3)));
    }

    static Line load(String verb, OrdersLoad load) {
        OrdersVolume volume = load.volume();
        return Line.of(
                verb,
                load.ordersTopic(),
                load.refundsTopic(),
                load.seed(),
                volume.orders(),
                volume.testOrders(),
                volume.truncated(),
                volume.wrongMagic(),
                volume.unknownSchemaId(),
                volume.refunds(),
                load.newer());
    }

    static OrdersLoad load(Line line) {
        OrdersVolume volume = new OrdersVolume(
                line.number(3), line.number(4), line.number(5), line.number(6), line.number(7), line.number(8));
        return new OrdersLoad(line.field(0), line.field(1), volume, Long.parseLong(line.field(2)), line.number(9));
    }

    /** The volume is what was asked for, which the asker knows. */
    static Line produced(OrdersProduced produced) {
        return Line.of(
                DONE,
                produced.ordersRecords(),
                produced.ordersSchemaId(),
                produced.refundsRecords(),
                produced.refundsSchemaId());
    }

    static OrdersProduced produced(Line line, OrdersVolume volume) {
        return new OrdersProduced(
                volume, Long.parseLong(line.field(0)), line.number(1), Long.parseLong(line.field(2)), line.number(3));
    }
}
