package dev.firn.schema.row;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are of the value and which of what a record has besides.
 *
 * <pre>
 *   table    id | _offset | name | key_id
 *   value    id |           name             positions 0, 2
 *   metadata      _offset                    position 1
 *   key                            key_id    position 3
 * </pre>
 */
final class Layout {

    private final TableSchema table;
    private final StructFactory structs;
    private final TableSchema values;
    private final int[] valuePositions;
    private final SideColumns.Filler[] fillers;

    /** @throws Rejected if the table can't take what stands beside the value */
    Layout(TableSchema table, List<SideColumns> sides, SideColumns.Wanted wanted, StructFactory structs)
            throws Rejected {
        this.table = table;
        this.structs = structs;
        List<SideColumns.Place> own = new ArrayList<>();
        Map<SideColumns, List<SideColumns.Place>> bySide = new LinkedHashMap<>();
        sides.forEach(side -> bySide.put(side, new ArrayList<>()));
        for (Column column : table.columns()) {
            SideColumns.Place place = new SideColumns.Place(column, own.size() + total(bySide));
            sideOf(column, sides).map(bySide::get).orElse(own).add(place);
        }
        this.values =
                new TableSchema(own.stream().map(SideColumns.Place::column).toList());
        this.valuePositions = own.stream().mapToInt(SideColumns.Place::position).toArray();
        this.fillers = new SideColumns.Filler[sides.size()];
        for (int i = 0; i < fillers.length; i++) {
            SideColumns side = sides.get(i);
            fillers[i] = side.filler(bySide.getOrDefault(side, List.of()), wanted, structs);
        }
    }

    private static int total(Map<SideColumns, List<SideColumns.Place>> bySide) {
        return bySide.values().stream().mapToInt(List::size).sum();
    }

    private static Optional<SideColumns> sideOf(Column column, List<SideColumns> sides) {
        return sides.stream().filter(side -> side.has(column.name())).findFirst();
    }

    /** The columns that the value fills. */
    TableSchema values() {
        return values;
    }

    /** Leaves the value's own columns as they are laid down, to be put among the others. */
    StructFactory structs() {
        return structs.leaving(values.asStruct());
    }

    /** Fills all. */
    RowDecoder around(RowDecoder decoder) {
        int width = table.columns().size();
        ColumnType.Struct row = table.asStruct();
        StructFactory.Maker maker = structs.maker(row);
        return record -> {
            @Nullable Object[] value = (@Nullable Object[]) decoder.decode(record);
            @Nullable Object[] all = new Object[width];
            for (int i = 0; i < value.length; i++) {
                all[valuePositions[i]] = value[i];
            }
            for (SideColumns.Filler filler : fillers) {
                filler.fill(record, all);
            }
            return maker.struct(all);
        };
    }
}
