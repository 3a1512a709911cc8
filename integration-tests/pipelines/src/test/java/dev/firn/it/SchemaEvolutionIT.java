package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.ColumnIds;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.schemas.ShortAvro;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Producers register new versions, rename, and write old ones again, while one job runs. */
class SchemaEvolutionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String topic = Stack.unique("evolving");
    private int sent;

    @Test
    void theTableFollowsEveryVersionAndLateRowsGoToTheRightColumns() throws Exception {
        Stack.running().createTopic(topic, 2);
        Pipeline pipeline = evolving("{rename-column: apply}");
        Schema first = ShortAvro.schema("id int, a string, n int, state {NEW}, lines [(sku string)]");
        Schema second = ShortAvro.schema(
                "id int, a string?, n long, state {NEW PAID}, lines [(sku string, price int)], note string");
        Schema third = ShortAvro.schema("id int, b<a string?, note string");
        Schema fourth = ShortAvro.schema("id int, b string?, a double");
        try (Records records = new Records()) {
            send(records, first, "{'id': 0, 'a': 'x', 'n': 1, 'state': 'NEW', 'lines': [{'sku': 's'}]}");
            try (Firn.Started run =
                    Firn.start(pipeline.environment(), "run", pipeline.file().toString())) {
                awaitRows(pipeline, run);
                assertThat(columns(pipeline))
                        .isEqualTo("1 id int!, 2 a string!, 3 n int!, 4 state string!, 5 lines [6 (7 sku string!)]!");

                send(
                        records,
                        second,
                        "{'id': 1, 'n': 3000000000, 'state': 'PAID', 'lines': [{'sku': 't', 'price': 5}], 'note': 'y'}");
                send(records, first, "{'id': 2, 'a': 'late', 'n': 2, 'state': 'NEW', 'lines': []}");
                awaitRows(pipeline, run);
                send(records, third, "{'id': 3, 'b': 'renamed', 'note': 'z'}");
                awaitRows(pipeline, run);
                send(records, fourth, "{'id': 4, 'b': 'b', 'a': 0.5}");
                send(records, first, "{'id': 5, 'a': 'later', 'n': 5, 'state': 'NEW', 'lines': []}");
                send(records, third, "{'id': 6, 'b': 'c', 'note': 'w'}");
                awaitRows(pipeline, run);
                run.interrupt();
                assertThat(run.answer().exitCode()).as(run.said()).isEqualTo(130);
            }
        }
        assertThat(columns(pipeline))
                .isEqualTo("1 id int!, 2 b string, 3 n long, 4 state string,"
                        + " 5 lines [6 (7 sku string!, 8 price int)], 9 note string, 10 a double");
        assertThat(rows(pipeline))
                .containsExactlyInAnyOrder(
                        "id=0 b=x n=1 state=NEW lines=[{price=null, sku=s}]",
                        "id=1 n=3000000000 state=PAID lines=[{price=5, sku=t}] note=y",
                        "id=2 b=late n=2 state=NEW lines=[]",
                        "id=3 b=renamed note=z",
                        "id=4 b=b a=0.5",
                        "id=5 b=later n=5 state=NEW lines=[]",
                        "id=6 b=c note=w");
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "message")).isEmpty();
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    }

    private Pipeline evolving(String policy) throws Exception {
        return Pipeline.of(
                Stack.unique("evolution"),
                List.of(topic),
                "tables:\n  - {table: \"*\", schema-evolution: " + policy + "}\n");
    }

    private void send(Records records, Schema schema, String json) {
        records.send(topic, sent % 2, records.framed(topic, ShortAvro.record(schema, json.replace('\'', '"'))));
        sent++;
    }

    private void awaitRows(Pipeline pipeline, Firn.Started run) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !run.process().isAlive() || rows(pipeline).size() >= sent);
        assertThat(run.process().isAlive()).as(run.said()).isTrue();
    }

    private List<String> rows(Pipeline pipeline) {
        return WrittenTable.of(pipeline, topic).rows(UnaryOperator.identity()).stream()
                .map(row -> row.entrySet().stream()
                        .filter(column -> column.getValue() != null)
                        .map(column -> column.getKey() + "=" + column.getValue())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private String columns(Pipeline pipeline) {
        return ColumnIds.of(WrittenTable.of(pipeline, topic).columns());
    }
}
