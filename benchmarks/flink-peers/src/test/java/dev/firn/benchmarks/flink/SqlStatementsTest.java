package dev.firn.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SqlStatementsTest {

    @Test
    void declaresEachTypeAndWhatIsAlwaysThere() {
        assertThat(
                        SqlTypes.READ.fields(
                                record(
                                        """
                        {'name': 'yes', 'type': 'boolean'},
                        {'name': 'few', 'type': 'int'},
                        {'name': 'many', 'type': ['null', 'long']},
                        {'name': 'about', 'type': 'float'},
                        {'name': 'nearly', 'type': ['double', 'null']},
                        {'name': 'text', 'type': 'string'},
                        {'name': 'raw', 'type': ['null', 'bytes']},
                        {'name': 'price', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}},
                        {'name': 'day', 'type': {'type': 'int', 'logicalType': 'date'}},
                        {'name': 'at', 'type': ['null', {'type': 'long', 'logicalType': 'timestamp-millis'}]}
                        """)))
                .isEqualTo("`yes` BOOLEAN NOT NULL, `few` INT NOT NULL, `many` BIGINT, `about` FLOAT NOT NULL,"
                        + " `nearly` DOUBLE, `text` STRING NOT NULL, `raw` BYTES, `price` DECIMAL(9, 2) NOT NULL,"
                        + " `day` DATE NOT NULL, `at` TIMESTAMP(3)");
    }

    @Test
    void declaresRecordsListsAndMapsInOneAnother() {
        assertThat(
                        SqlTypes.READ.fields(
                                record(
                                        """
                        {'name': 'lines', 'type': {'type': 'array', 'items': ['null',
                          {'type': 'record', 'name': 'Line', 'fields': [{'name': 'sku', 'type': 'string'}]}]}},
                        {'name': 'tags', 'type': ['null', {'type': 'map', 'values': 'int'}]}
                        """)))
                .isEqualTo("`lines` ARRAY<ROW<`sku` STRING NOT NULL>> NOT NULL,"
                        + " `tags` MAP<STRING NOT NULL, INT NOT NULL>");
    }

    @Test
    void makesATableOfATopicAndCopiesItsColumns() {
        SqlStatements statements = new SqlStatements("my-orders", record("{'name': 'id', 'type': 'long'}"));

        assertThat(statements.createTable(Map.of("topic", "my-orders", "connector", "kafka")))
                .isEqualTo(
                        """
                        CREATE TABLE `my-orders` (`id` BIGINT NOT NULL) WITH (
                          'connector' = 'kafka',
                          'topic' = 'my-orders'
                        )""");
        assertThat(statements.insertInto("lake.`n`.`my-orders`"))
                .isEqualTo("INSERT INTO lake.`n`.`my-orders` SELECT `id` FROM `my-orders`");
    }

    @Test
    void castsOnlyWhatHasPointsInTime() {
        SqlStatements statements = new SqlStatements(
                "orders",
                record(
                        """
                        {'name': 'id', 'type': ['null', 'long']},
                        {'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},
                        {'name': 'trips', 'type': {'type': 'array', 'items': {'type': 'record', 'name': 'Trip', 'fields': [
                          {'name': 'day', 'type': {'type': 'int', 'logicalType': 'date'}},
                          {'name': 'ends', 'type': ['null', {'type': 'long', 'logicalType': 'timestamp-millis'}]}]}}}
                        """));

        assertThat(statements.insertInto("t"))
                .isEqualTo("INSERT INTO t SELECT `id`, CAST(`at` AS TIMESTAMP_LTZ(6)),"
                        + " CAST(`trips` AS ARRAY<ROW<`day` DATE NOT NULL, `ends` TIMESTAMP_LTZ(6)> NOT NULL>)"
                        + " FROM `orders`");
    }

    @Test
    void refusesATypeThatTheBenchmarkDoesNotHave() {
        assertThatThrownBy(() -> SqlTypes.READ.fields(record("{'name': 'id', 'type': 'null'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no type in SQL for \"null\"");
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields.replace('\'', '"') + "]}");
    }
}
