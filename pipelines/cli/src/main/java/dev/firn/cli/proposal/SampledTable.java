package dev.firn.cli.proposal;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What is known of a table that is yet to be made.
 *
 * @param rows a sample, in the order of the stream
 * @param records how many the stream has in all
 */
public record SampledTable(TableSchema schema, List<SampledRow> rows, long records) {

    public SampledTable {
        rows = List.copyOf(rows);
    }

    /** A column, and its value in each row that has one. */
    record Sampled(Column column, List<Object> values, int rows) {

        Sampled {
            values = List.copyOf(values);
        }

        String name() {
            return column.name();
        }

        boolean isInEachRow() {
            return rows > 0 && values.size() == rows;
        }

        long distinct() {
            return values.stream().distinct().count();
        }

        /** {@code 98 of 100}. */
        String share(long some) {
            return some + " of " + rows;
        }
    }

    List<Sampled> columns() {
        return IntStream.range(0, schema.columns().size())
                .mapToObj(place -> new Sampled(schema.columns().get(place), values(place), rows.size()))
                .toList();
    }

    private List<Object> values(int place) {
        List<Object> values = new ArrayList<>();
        rows.stream()
                .map(row -> row.values().get(place))
                .filter(Objects::nonNull)
                .forEach(values::add);
        return values;
    }
}
