package dev.firn.flink.write;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import java.util.Optional;
import java.util.Set;

/** As much of a {@link Lake} as it takes to find tables that values name; each method is what the lake's is. */
public interface TableCatalog {

    Optional<ExistingTable> table(TableName name);

    Optional<ExistingTable> tableToWrite(TableName name);

    Set<TableName> tables(String namespace);

    void create(TableSpec table);

    static TableCatalog of(Lake lake) {
        return new TableCatalog() {
            @Override
            public Optional<ExistingTable> table(TableName name) {
                return lake.table(name);
            }

            @Override
            public Optional<ExistingTable> tableToWrite(TableName name) {
                return lake.tableToWrite(name);
            }

            @Override
            public Set<TableName> tables(String namespace) {
                return lake.tables(namespace);
            }

            @Override
            public void create(TableSpec table) {
                lake.create(table);
            }
        };
    }
}
