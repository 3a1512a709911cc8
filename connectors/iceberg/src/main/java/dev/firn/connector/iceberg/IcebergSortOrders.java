package dev.firn.connector.iceberg;

import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;

/** The order of rows in files, in Firn's words and in Iceberg's. */
final class IcebergSortOrders {

    private IcebergSortOrders() {}

    static SortOrder order(TableSpec table, Schema schema) {
        SortOrder.Builder builder = SortOrder.builderFor(schema);
        for (SortField field : table.sortOrder()) {
            try {
                add(builder, field);
                // Only the whole order is checked for types, and then nobody says which field is wrong.
                builder.build();
            } catch (RuntimeException e) {
                throw new OutsideException(
                        "table `" + table.name() + "` can't be sorted by `" + field + "`: " + e.getMessage());
            }
        }
        return builder.build();
    }

    private static void add(SortOrder.Builder builder, SortField field) {
        switch (field.direction()) {
            case RISING -> builder.asc(field.column());
            case FALLING -> builder.desc(field.column());
        }
    }

    /** As the file writes them; what it can't write, somebody else's doing, has words that are no field's. */
    static List<String> words(SortOrder order) {
        return order.fields().stream().map(field -> word(order.schema(), field)).toList();
    }

    private static String word(Schema schema, org.apache.iceberg.SortField field) {
        String column = schema.findColumnName(field.sourceId());
        boolean falls = field.direction() == SortDirection.DESC;
        String word = (field.transform().isIdentity() ? column : field.transform() + "(" + column + ")")
                + (falls ? " desc" : "");
        boolean usual = (field.nullOrder() == NullOrder.NULLS_LAST) == falls;
        return usual ? word : word + " " + field.nullOrder().toString().toLowerCase(Locale.ROOT);
    }
}
