package dev.firn.cli.proposal;

import dev.firn.cli.proposal.SampledTable.Sampled;
import dev.firn.spi.schema.ColumnType;
import java.util.Locale;
import java.util.Optional;

/**
 * The column that tells rows apart: called like an id, and different in every row that was seen.
 *
 * @param asKey how many records have its value as their key
 */
record Identity(Sampled column, int asKey) {

    /** Fewer say nothing: all columns differ in two rows. */
    private static final int ENOUGH = 20;

    static Optional<Identity> of(SampledTable table) {
        if (table.rows().size() < ENOUGH) {
            return Optional.empty();
        }
        // Of those that are keys as often, the first is what the schema's author thought of first.
        return table.columns().stream()
                .filter(column -> isCalledLikeOne(column) && column.isInEachRow() && isScalar(column))
                .filter(column -> column.distinct() == column.rows())
                .map(column -> new Identity(column, asKey(column, table)))
                .reduce((one, other) -> other.asKey > one.asKey ? other : one);
    }

    static boolean isCalledLikeOne(Sampled column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        return name.matches("id|uuid|guid|key|.*(_id|_uuid|_guid|_key|_no|_number)")
                || column.name().matches(".*[a-z0-9]I[dD]");
    }

    static boolean isScalar(Sampled column) {
        return column.column().type() == ColumnType.Primitive.INT
                || column.column().type() == ColumnType.Primitive.LONG
                || column.column().type() == ColumnType.Primitive.STRING
                || column.column().type() == ColumnType.Primitive.UUID;
    }

    private static int asKey(Sampled column, SampledTable table) {
        int place = table.schema().columns().indexOf(column.column());
        return (int) table.rows().stream()
                .filter(row -> row.key()
                        .filter(String.valueOf(row.values().get(place))::equals)
                        .isPresent())
                .count();
    }

    String sentence() {
        String unique = "`" + column.name() + "` is another one in each of " + column.rows() + " records";
        return asKey * 2 > column.rows()
                ? unique + ", and in " + column.share(asKey) + " the record's key."
                : unique + ".";
    }
}
