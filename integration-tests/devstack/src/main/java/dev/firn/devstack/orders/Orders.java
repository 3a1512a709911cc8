package dev.firn.devstack.orders;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Every order is a pure function of the seed and its number, so nothing has to be remembered. */
record Orders(long seed, OrdersVolume volume) {

    /** 1 to 10 January 2026, UTC. */
    private static final long FIRST_MICROSECOND =
            TimeUnit.SECONDS.toMicros(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());

    private static final int COUPON_EVERY = 5;
    private static final long MICROSECONDS = TimeUnit.DAYS.toMicros(10);
    private static final Schema ADDRESS = ShopSchemas.ORDERS.getField("address").schema();
    private static final Schema TAGS = ShopSchemas.ORDERS.getField("tags").schema();
    private static final List<GenericData.EnumSymbol> STATUSES =
            symbols(ShopSchemas.ORDERS.getField("status").schema());

    GenericRecord order(int number) {
        SplittableRandom random = random(number);
        long cents = cents(random);
        long customer = 1 + random.nextLong(5_000);
        long placedAt = placedAt(number) + random.nextLong(slot());
        String region = isTest(number) ? "TEST" : Words.pick(Words.REGIONS, random);

        GenericRecord order = new GenericData.Record(ShopSchemas.ORDERS);
        order.put("order_id", (long) number);
        order.put("placed_at", placedAt);
        order.put("customer_id", customer);
        order.put("customer_email", Words.email(customer));
        order.put("region", region);
        order.put("status", Words.pick(STATUSES, random));
        order.put("amount", ByteBuffer.wrap(BigInteger.valueOf(cents).toByteArray()));
        order.put("quantity", 1 + random.nextInt(12));
        order.put("sku", "SKU-" + (10_000 + random.nextInt(2_500)));
        order.put("gift", random.nextInt(8) == 0);
        order.put("ship_by", shipBy(placedAt, random));
        order.put("note", random.nextInt(3) == 0 ? Words.pick(Words.NOTES, random) : null);
        order.put("address", address(region, random));
        order.put("tags", tags(random));
        return order;
    }

    /** The same order as the second version has it: with more of a quantity, and a coupon now and then. */
    GenericRecord newerOrder(int number) {
        GenericRecord older = order(number);
        GenericRecord order = new GenericData.Record(ShopSchemas.NEWER_ORDERS);
        older.getSchema().getFields().forEach(field -> order.put(field.name(), older.get(field.pos())));
        order.put("quantity", ((Integer) older.get("quantity")).longValue());
        order.put("coupon", number % COUPON_EVERY == 1 ? "SNOW10" : null);
        return order;
    }

    /** The first number that is drawn for an order, so that a refund can ask for it alone. */
    long amountInCents(int number) {
        return cents(random(number));
    }

    /** The begin of an order's share of the ten days; orders are numbered in the order of their placement. */
    long placedAt(int number) {
        return FIRST_MICROSECOND + (number - 1) % volume.orders() * slot();
    }

    /** Spreads the test orders evenly, and makes exactly as many of them as were asked for. */
    private boolean isTest(int number) {
        long orders = volume.orders();
        return number * (long) volume.testOrders() / orders > (number - 1) * (long) volume.testOrders() / orders;
    }

    private long slot() {
        return MICROSECONDS / volume.orders();
    }

    private SplittableRandom random(int number) {
        return new SplittableRandom(seed ^ ((long) number << 32));
    }

    private static long cents(SplittableRandom random) {
        return 100 + random.nextLong(random.nextInt(50) == 0 ? 9_999_999_900L : 49_900L);
    }

    private static @Nullable Integer shipBy(long placedAt, SplittableRandom random) {
        int days = random.nextInt(8);
        return days == 0 ? null : (int) (TimeUnit.MICROSECONDS.toDays(placedAt) + days);
    }

    private static GenericRecord address(String region, SplittableRandom random) {
        Words.Place place = Words.pick(Words.places(region), random);
        GenericRecord address = new GenericData.Record(ADDRESS);
        address.put("street", Words.pick(Words.STREETS, random) + " " + (1 + random.nextInt(200)));
        address.put("city", place.city());
        address.put("zip", place.zip());
        address.put("country", place.country());
        return address;
    }

    private static GenericData.Array<String> tags(SplittableRandom random) {
        List<String> tags = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add(Words.pick(Words.TAGS, random));
        }
        return new GenericData.Array<>(TAGS, tags);
    }

    static List<GenericData.EnumSymbol> symbols(Schema schema) {
        return schema.getEnumSymbols().stream()
                .map(symbol -> new GenericData.EnumSymbol(schema, symbol))
                .toList();
    }
}
