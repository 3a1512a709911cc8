package dev.firn.devstack.orders;

/**
 * How many records of which kind; every count is exact.
 *
 * @param orders orders that can be decoded, numbered from 1
 * @param testOrders how many of these are in the region {@code TEST}
 * @param truncated records of the orders topic whose payload ends too early
 * @param wrongMagic records of the orders topic which don't begin with the magic byte 0
 * @param unknownSchemaId records of the orders topic with a schema id that the registry has never given out
 * @param refunds refunds, numbered from 1, each of some order
 */
public record OrdersVolume(
        int orders, int testOrders, int truncated, int wrongMagic, int unknownSchemaId, int refunds) {

    public OrdersVolume {
        if (orders < 1 || testOrders < 0 || testOrders > orders) {
            throw new IllegalArgumentException(testOrders + " test orders among " + orders + " orders");
        }
        if (truncated < 0 || wrongMagic < 0 || unknownSchemaId < 0 || refunds < 0) {
            throw new IllegalArgumentException("a count is negative");
        }
    }

    /** The quickstart's 100,012 records. */
    public static OrdersVolume quickstart() {
        return scaledTo(80_000);
    }

    /** The quickstart's proportions, rounded down, with all 12 undecodable records. */
    public static OrdersVolume scaledTo(int orders) {
        return new OrdersVolume(orders, (int) (orders * 512L / 80_000), 5, 3, 4, orders / 4);
    }

    public int undecodable() {
        return truncated + wrongMagic + unknownSchemaId;
    }

    /** All records of the orders topic. */
    public int ordersRecords() {
        return orders + undecodable();
    }
}
