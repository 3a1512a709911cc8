package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.RecordKey;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamKeysTest {

    private static final SourceSpan SPAN = SourceSpan.startOf("crm.yaml");
    private static final TableSchema COLUMNS =
            new TableSchema(List.of(column("id"), column("line"), column("note"), column("tenant")));

    private static Column column(String name) {
        return new Column(name, Primitive.STRING, Nullability.OPTIONAL);
    }

    private static RoutedStream rows(String name, String... key) {
        RecordKey ends = new RecordKey(Arrays.stream(key)
                .map(column -> new RecordKey.Field(column(column), Optional.of(column)))
                .toList());
        return stream(name, true, Optional.of(ends));
    }

    private static RoutedStream stream(String name, boolean ofRows, Optional<RecordKey> ends) {
        StreamSchema schema = new StreamSchema(COLUMNS, StreamDefinition.ofValue("{}"), ends);
        return new RoutedStream(
                "crm", new StreamDescription(name, SPAN, Optional.of(schema), ofRows), new TableName("crm.all"), SPAN);
    }

    private static Optional<List<String>> keys(RoutedStream... streams) {
        return StreamKeys.of(List.of(streams), RuleSettings.NOTHING);
    }

    @Test
    void aTableOfADatabaseHasItsPrimaryKeyInTheKeysOrder() {
        assertThat(keys(rows("items", "line", "id"))).contains(List.of("line", "id"));
    }

    @Test
    void severalHaveOneKeyWhereAllSayTheSame() {
        assertThat(keys(rows("eu", "id"), rows("us", "id"))).contains(List.of("id"));
        assertThat(keys(rows("eu", "id"), rows("us", "id", "line"))).isEmpty();
        assertThat(keys(rows("eu", "id", "line"), rows("us", "line", "id"))).isEmpty();
    }

    @Test
    void topicsSayNoneAndNeitherDoTablesWithoutAKey() {
        RecordKey ends = new RecordKey(List.of(new RecordKey.Field(column("id"), Optional.of("id"))));
        assertThat(keys(stream("orders", false, Optional.of(ends)))).isEmpty();
        assertThat(keys(rows("eu", "id"), stream("orders", false, Optional.of(ends))))
                .isEmpty();
        assertThat(keys(stream("log", true, Optional.empty()))).isEmpty();
    }

    @Test
    void theyAreNamedAsTheTableNamesThem() {
        RuleSettings renamed = Plans.plan("tables: {table: shop.orders, rename: {order_id: id_of_order}}")
                .tables()
                .get(0)
                .rules();
        TableSchema columns = new TableSchema(List.of(column("order_id"), column("note")));
        RecordKey key = new RecordKey(List.of(new RecordKey.Field(column("order_id"), Optional.of("order_id"))));
        RoutedStream stream = new RoutedStream(
                "crm",
                new StreamDescription(
                        "orders",
                        SPAN,
                        Optional.of(new StreamSchema(columns, StreamDefinition.ofValue("{}"), Optional.of(key))),
                        true),
                new TableName("crm.orders"),
                SPAN);

        assertThat(StreamKeys.of(List.of(stream), renamed)).contains(List.of("id_of_order"));
    }

    @Test
    void theyAreSaidLaterWhereNobodyHasAskedTheDatabase() {
        RoutedStream unknown = new RoutedStream(
                "crm", new StreamDescription("items", SPAN, Optional.empty(), true), new TableName("crm.items"), SPAN);
        RoutedStream topic = new RoutedStream(
                "kafka", new StreamDescription("orders", SPAN, Optional.empty()), new TableName("crm.items"), SPAN);

        assertThat(Stream.of(unknown, rows("eu", "id"), topic).map(stream -> StreamKeys.areSaidLater(List.of(stream))))
                .containsExactly(true, false, false);
        assertThat(StreamKeys.areSaidLater(List.of(unknown, topic))).isFalse();
        assertThat(StreamKeys.of(List.of(unknown), RuleSettings.NOTHING)).isEmpty();
    }
}
