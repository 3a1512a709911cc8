package dev.firn.devstack.orders;

/** What a broker has acknowledged: records by topic (undecodable ones included) and the schema ids in their bytes. */
public record OrdersProduced(
        OrdersVolume volume, long ordersRecords, int ordersSchemaId, long refundsRecords, int refundsSchemaId) {

    /** With that many orders more. */
    public OrdersProduced and(long moreOrders) {
        return new OrdersProduced(volume, ordersRecords + moreOrders, ordersSchemaId, refundsRecords, refundsSchemaId);
    }
}
