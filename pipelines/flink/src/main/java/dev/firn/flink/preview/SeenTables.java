package dev.firn.flink.preview;

import dev.firn.flink.write.TableCatalog;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.ExistingTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables that there are, and in front of them those that a job would have made, which are made here alone. */
final class SeenTables implements TableCatalog {

    private final TableCatalog catalog;
    private final Map<TableName, ExistingTable> made = new HashMap<>();
    private final Map<TableName, TableSpec> specs = new HashMap<>();

    SeenTables(TableCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<ExistingTable> table(TableName name) {
        Optional<ExistingTable> here = Optional.ofNullable(made.get(name));
        return here.isPresent() ? here : catalog.table(name);
    }

    @Override
    public Optional<ExistingTable> tableToWrite(TableName name) {
        return table(name);
    }

    @Override
    public Set<TableName> tables(String namespace) {
        Set<TableName> all = new HashSet<>(catalog.tables(namespace));
        made.keySet().stream()
                .filter(name -> String.join(".", name.namespace()).equals(namespace))
                .forEach(all::add);
        return all;
    }

    @Override
    public void create(TableSpec table) {
        if (table(table.name()).isEmpty()) {
            specs.put(table.name(), table);
            made.put(
                    table.name(),
                    new ExistingTable("", table.schema(), table.partitioning(), List.of(), table.properties()));
        }
    }

    /** How a table that was made here is to be made; empty for one that is there. */
    Optional<TableSpec> yetToBeMade(TableName name) {
        return Optional.ofNullable(specs.get(name));
    }

    /** Of a table that is there, or was made here. */
    Optional<TableSchema> schema(TableName name) {
        return table(name).map(ExistingTable::schema);
    }
}
