package dev.firn.plan.testing;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.RecordKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The world of the tests: streams with their schemas, and a namespace {@code there} with tables, each of them a case. */
public final class Shop {

    private static final ColumnType ADDRESS = new ColumnType.Struct(List.of(
            Column.required("street", Primitive.STRING),
            Column.required("city", Primitive.STRING),
            Column.required("zip", Primitive.STRING),
            Column.required("country", Primitive.STRING)));

    /** As the orders of the quickstart. */
    public static final TableSchema ORDERS = schema(
            Column.required("order_id", Primitive.LONG),
            Column.required("placed_at", Primitive.TIMESTAMPTZ),
            Column.required("customer_id", Primitive.LONG),
            Column.required("customer_email", Primitive.STRING),
            Column.required("region", Primitive.STRING),
            Column.required("status", Primitive.STRING),
            Column.required("amount", new ColumnType.Decimal(10, 2)),
            Column.required("quantity", Primitive.INT),
            Column.required("sku", Primitive.STRING),
            Column.required("gift", Primitive.BOOLEAN),
            Column.optional("ship_by", Primitive.DATE),
            Column.optional("note", Primitive.STRING),
            Column.required("address", ADDRESS),
            Column.required("tags", new ColumnType.ListOf(Primitive.STRING, Nullability.REQUIRED)));

    /** As the refunds of the quickstart. */
    public static final TableSchema REFUNDS = schema(
            Column.required("refund_id", Primitive.LONG),
            Column.required("order_id", Primitive.LONG),
            Column.required("refunded_at", Primitive.TIMESTAMPTZ),
            Column.required("amount", new ColumnType.Decimal(10, 2)),
            Column.required("reason", Primitive.STRING),
            Column.optional("comment", Primitive.STRING));

    private static final TableSchema BY_DAY = schema(
            Column.required("day", Primitive.DATE),
            Column.required("opened_at", Primitive.TIMESTAMPTZ),
            Column.required("opened_at_day", Primitive.DATE));

    private static final Map<String, TableSchema> STREAMS = Map.of(
            "orders",
            ORDERS,
            "orders-eu",
            ORDERS,
            "orders-us",
            changed(ORDERS, Column.required("quantity", Primitive.LONG)),
            "refunds",
            REFUNDS,
            "opening-hours",
            BY_DAY,
            "changed-refunds",
            REFUNDS,
            "changed-by-reason",
            REFUNDS,
            "marked",
            plus(REFUNDS, Column.required("_partition", Primitive.INT), Column.required("_offset", Primitive.LONG)),
            "marked-eu",
            plus(REFUNDS, Column.required("_partition", Primitive.INT)));

    private static final Map<String, ExistingTable> TABLES = Map.of(
            "there.orders", table(ORDERS),
            "there.orders_by_month", table(ORDERS, "month(placed_at)", "region"),
            "there.orders_in_gzip",
                    new ExistingTable(
                            "uuid",
                            ORDERS,
                            List.of(),
                            List.of(),
                            Map.of(
                                    "write.parquet.compression-codec", "gzip",
                                    "owner", "platform",
                                    "s3.secret-key", "another",
                                    "comment", "nobody's business")),
            "there.orders_of_texts",
                    table(changed(without(ORDERS, "note"), Column.required("placed_at", Primitive.STRING))),
            "there.orders_sorted", sorted("placed_at", "customer_id desc"),
            "there.orders_sorted_by_bucket", sorted("bucket[16](order_id) desc"),
            "there.orders_without_note", table(changed(without(ORDERS, "note"), addressWithoutZip())),
            "there.orders_of_ints", table(changed(ORDERS, Column.required("order_id", Primitive.INT))),
            "there.orders_of_longs",
                    table(changed(
                            changed(ORDERS, Column.required("quantity", Primitive.LONG)),
                            Column.optional("amount", new ColumnType.Decimal(12, 2)))),
            "there.orders_with_shop",
                    table(changed(
                            plus(
                                    ORDERS,
                                    Column.required("shop", Primitive.STRING),
                                    Column.optional("till", Primitive.INT)),
                            Column.required("note", Primitive.STRING))));

    private Shop() {}

    /** The latest schema of a stream; any but the shop's have none. */
    public static Optional<TableSchema> schema(String stream) {
        return Optional.ofNullable(STREAMS.get(stream));
    }

    /** What the keys of a stream's records are: of those of one region, both; of changes of refunds two, of opening hours a single value; of others what their first column is called. */
    public static Optional<RecordKey> key(String stream) {
        return schema(stream).map(schema -> switch (stream) {
            case "orders-eu" -> new RecordKey(
                    List.of(named("order_id", Primitive.LONG), named("region", Primitive.STRING)));
            case "opening-hours" -> new RecordKey(
                    List.of(new RecordKey.Field(Column.required("key", Primitive.DATE), Optional.empty())));
            case "changed-refunds", "changed-by-reason" -> new RecordKey(
                    List.of(named("refund_id", Primitive.LONG), named("order_id", Primitive.LONG)),
                    RecordKey.Deletes.CHANGES);
            default -> new RecordKey(List.of(named(schema.columns().get(0).name(), Primitive.INT)));
        });
    }

    private static RecordKey.Field named(String name, ColumnType type) {
        return new RecordKey.Field(Column.required(name, type), Optional.of(name));
    }

    /** The table if it is there; {@code there.broken} can't be looked at. */
    public static Optional<ExistingTable> table(TableName name) {
        if (name.full().equals("there.broken")) {
            throw new OutsideException(
                    "table `there.broken` has a column that Firn can't write: `shape` is a `geometry`");
        }
        if (name.full().equals("goes_on_without.firn_ledger")) {
            return Optional.of(new ExistingTable(
                    "uuid",
                    REFUNDS,
                    List.of(),
                    List.of(),
                    Map.of(
                            "firn.detached.there.broken", "after=1",
                            "firn.detached.there.orders", "after=1")));
        }
        return Optional.ofNullable(TABLES.get(name.full()));
    }

    /** Whether records for the table wait for a decision. */
    public static boolean isPaused(TableName name) {
        return name.full().equals("there.orders_sorted");
    }

    public static Set<TableName> tables(String namespace) {
        return TABLES.keySet().stream()
                .filter(name -> name.startsWith(namespace + "."))
                .map(TableName::new)
                .collect(Collectors.toSet());
    }

    private static Column addressWithoutZip() {
        return Column.required(
                "address",
                without(new TableSchema(((ColumnType.Struct) ADDRESS).columns()), "zip")
                        .asStruct());
    }

    private static TableSchema schema(Column... columns) {
        return new TableSchema(List.of(columns));
    }

    private static TableSchema without(TableSchema schema, String name) {
        return new TableSchema(schema.columns().stream()
                .filter(column -> !column.name().equals(name))
                .toList());
    }

    private static TableSchema changed(TableSchema schema, Column instead) {
        return new TableSchema(schema.columns().stream()
                .map(column -> column.name().equals(instead.name()) ? instead : column)
                .toList());
    }

    private static TableSchema plus(TableSchema schema, Column... more) {
        return new TableSchema(
                Stream.concat(schema.columns().stream(), Arrays.stream(more)).toList());
    }

    private static ExistingTable sorted(String... by) {
        return new ExistingTable("5f2b", ORDERS, List.of(), List.of(by), Map.of());
    }

    private static ExistingTable table(TableSchema schema, String... partitions) {
        List<PartitionTransform> transforms = Arrays.stream(partitions)
                .map(PartitionTransform::parse)
                .flatMap(Optional::stream)
                .toList();
        return new ExistingTable("5f2b", schema, transforms);
    }
}
