package dev.firn.devstack.orders;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Refunds of existing orders, never of more than was paid. */
record Refunds(Orders orders) {

    private static final Schema AMOUNT = ShopSchemas.REFUNDS.getField("amount").schema();
    private static final List<GenericData.EnumSymbol> REASONS =
            Orders.symbols(ShopSchemas.REFUNDS.getField("reason").schema());

    GenericRecord refund(int number) {
        SplittableRandom random = new SplittableRandom(~orders.seed() ^ ((long) number << 32));
        int order = 1 + random.nextInt(orders.volume().orders());
        long paid = orders.amountInCents(order);
        long refundedAt = TimeUnit.MICROSECONDS.toMillis(orders.placedAt(order))
                + TimeUnit.HOURS.toMillis(1)
                + random.nextLong(TimeUnit.DAYS.toMillis(20));

        GenericRecord refund = new GenericData.Record(ShopSchemas.REFUNDS);
        refund.put("refund_id", (long) number);
        refund.put("order_id", (long) order);
        refund.put("refunded_at", refundedAt);
        refund.put("amount", fixed(random.nextBoolean() ? paid : 1 + random.nextLong(paid)));
        refund.put("reason", Words.pick(REASONS, random));
        refund.put("comment", random.nextInt(4) == 0 ? Words.pick(Words.COMMENTS, random) : null);
        return refund;
    }

    /** Two's complement, filled from the left up to the size of the fixed type. */
    private static GenericData.Fixed fixed(long cents) {
        byte[] shortest = BigInteger.valueOf(cents).toByteArray();
        byte[] bytes = new byte[AMOUNT.getFixedSize()];
        Arrays.fill(bytes, (byte) (cents < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
        return new GenericData.Fixed(AMOUNT, bytes);
    }
}
