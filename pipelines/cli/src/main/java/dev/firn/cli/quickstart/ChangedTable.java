package dev.firn.cli.quickstart;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a table while a job runs, and tells a change of its columns once. */
final class ChangedTable {

    private final Lake lake;
    private final TableName name;
    private TableSchema before;

    /** @param before the table as it was planned */
    ChangedTable(Lake lake, TableName name, TableSchema before) {
        this.lake = lake;
        this.name = name;
        this.before = before;
    }

    /** What has changed since the last look, in a sentence; empty where nothing has. */
    Optional<String> change() {
        TableSchema now = lake.table(name).map(ExistingTable::schema).orElse(before);
        List<String> added = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (Column column : now.columns()) {
            Optional<Column> was = before.column(column.name());
            if (was.isEmpty()) {
                added.add("+ " + column.name() + " " + column.type());
            } else if (!was.get().type().equals(column.type())) {
                changes.add(column.name() + " is now " + column.type());
            }
        }
        added.addAll(changes);
        before = now;
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(name + " changed while running: " + String.join(", ", added));
    }
}
