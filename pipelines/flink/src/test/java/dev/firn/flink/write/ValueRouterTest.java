package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueRouterTest {

    private static final TableSchema COLUMNS = new TableSchema(List.of(Column.required("region", Primitive.STRING)));
    private static final ValueRoute ROUTE =
            new ValueRoute(new TableTemplate("sales.$by"), "region", 10, COLUMNS, List.of());

    /** One schema, which says nothing of the region; the streams' newest ones have each a default of its own. */
    @Test
    void streamsOfOneSchemaAreRoutedEachAsItIsRead() throws Rejected {
        FakeLake fake = FakeLake.create();
        try (Lake lake = fake.factory().open(SystemReferences.ofThisProcess())) {
            ValueRouter router =
                    new ValueRouter(new ValueTables(TableCatalog.of(lake), Set.of(), table -> false, () -> 0));
            RawRecord old = record(Records.ORDERS_0, 0, "7old");

            assertThat(router.table(ROUTE, new Always("eu"), 7, old)).isEqualTo(new TableName("sales.eu"));
            assertThat(router.table(ROUTE, new Always("us"), 7, old)).isEqualTo(new TableName("sales.us"));
        }
    }

    private record Always(String region) implements FormatReader {

        @Override
        public int schemaId(RawRecord record) {
            return 7;
        }

        @Override
        public ColumnReader column(int schemaId, String column) {
            return record -> region;
        }

        @Override
        public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
