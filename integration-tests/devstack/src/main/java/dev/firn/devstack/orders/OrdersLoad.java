package dev.firn.devstack.orders;

/** What to produce, into which topics; an equal load is equal data, byte for byte. */
public record OrdersLoad(String ordersTopic, String refundsTopic, OrdersVolume volume, long seed) {

    public static final int ORDERS_PARTITIONS = 6;
    public static final int REFUNDS_PARTITIONS = 2;

    /** The quickstart's data in {@code orders} and {@code refunds}. */
    public static OrdersLoad quickstart() {
        return of(OrdersVolume.quickstart());
    }

    public static OrdersLoad of(OrdersVolume volume) {
        return new OrdersLoad("orders", "refunds", volume, 20_260_101);
    }

    public OrdersLoad inTopics(String orders, String refunds) {
        return new OrdersLoad(orders, refunds, volume, seed);
    }

    public OrdersLoad withSeed(long other) {
        return new OrdersLoad(ordersTopic, refundsTopic, volume, other);
    }
}
