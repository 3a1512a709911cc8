package dev.firn.devstack.orders;

/**
 * What to produce, into which topics; an equal load is equal data, byte for byte.
 *
 * @param newer how many of the orders, the last ones, are written with the second version of their schema, when that is asked for
 */
public record OrdersLoad(String ordersTopic, String refundsTopic, OrdersVolume volume, long seed, int newer) {

    public static final int ORDERS_PARTITIONS = 6;
    public static final int REFUNDS_PARTITIONS = 2;

    /** The quickstart's data in {@code orders} and {@code refunds}. */
    public static OrdersLoad quickstart() {
        return of(OrdersVolume.quickstart());
    }

    public static OrdersLoad of(OrdersVolume volume) {
        return new OrdersLoad("orders", "refunds", volume, 20_260_101, 0);
    }

    public OrdersLoad inTopics(String orders, String refunds) {
        return new OrdersLoad(orders, refunds, volume, seed, newer);
    }

    public OrdersLoad withNewer(int orders) {
        return new OrdersLoad(ordersTopic, refundsTopic, volume, seed, orders);
    }

    public OrdersLoad withSeed(long other) {
        return new OrdersLoad(ordersTopic, refundsTopic, volume, other, newer);
    }
}
