package dev.firn.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final TableName ORDERS = new TableName("sales.orders");

    private static final SchemaEvent FOLLOWED = new SchemaEvent.Decided(decision(
            "2026-11-27T03:30:00.123456Z",
            2,
            4_711,
            change("add-column", "note", null, "string", "apply", "default"),
            change("widen-type", "lines[].price", "int", "long", "apply", "preset lenient"),
            change("drop-column", "old", "string", null, "keep-nullable", "drop-column: keep-nullable"),
            change("reorder", "", null, null, "ignore", "default")));

    private static final SchemaEvent OTHERS = new SchemaEvent.ByOthers(
            Optional.of(Instant.parse("2026-11-27T04:00:00Z")),
            3,
            List.of(new SchemaEvent.Difference("rename-column", "remark", Optional.of("note"), Optional.of("remark"))));

    private static final SchemaEvent REFUSED = new SchemaEvent.Decided(decision(
            "2026-11-27T05:00:00Z",
            3,
            9_000,
            change(
                    "incompatible",
                    "n",
                    null,
                    "it is string now, and the column is struct<a long, b list<string>, c map<string, long>>",
                    "quarantine",
                    "default")));

    @Test
    void standsInColumnsThatLineUp() {
        String text = HistoryText.write(ORDERS, List.of(FOLLOWED, OTHERS), "orders.yaml");

        assertThat(text)
                .isEqualTo(
                        """
                        sales.orders, oldest first, times in UTC

                          2026-11-27 03:30:00  orders-value 1 -> 2  schema id 7  orders-0 @ 4,711  shop, run 3
                            add-column     note           -> string       apply          default
                            widen-type     lines[].price  int -> long     apply          preset lenient
                            drop-column    old            string ->       keep-nullable  drop-column: keep-nullable
                            reorder                                       ignore         default
                          2026-11-27 04:00:00  by somebody else, then or before
                            rename-column  remark         note -> remark

                        Next:  firn plan --table sales.orders orders.yaml
                        """);
    }

    @Test
    void isNoWiderThanAScreenAndEndsWithTheWayOut() {
        String text = HistoryText.write(ORDERS, List.of(FOLLOWED, REFUSED), "orders.yaml");

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(text)
                .endsWith(
                        "Next:  firn help schema-change-refused    what becomes of the records, and how to mend it\n");
    }

    @Test
    void ofATableThatHasNotChangedSaysSo() {
        assertThat(HistoryText.write(ORDERS, List.of(), "orders.yaml"))
                .isEqualTo(
                        """
                        sales.orders has the columns that it was made with.

                        Next:  firn plan --table sales.orders orders.yaml
                        """);
    }

    @Test
    void hasAllOfItForPrograms() {
        SchemaEvent some = new SchemaEvent.ByOthers(Optional.empty(), 4, List.of());

        assertThat(HistoryJson.write(ORDERS, List.of(REFUSED, OTHERS, some)))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "table" : "sales.orders",
                          "events" : [
                            {
                              "by" : "pipeline",
                              "id" : "00000000000000aa",
                              "at" : "2026-11-27T05:00:00Z",
                              "pipeline" : "shop",
                              "run" : 3,
                              "subject" : "orders-value",
                              "from-version" : 1,
                              "to-version" : 3,
                              "schema-id" : 7,
                              "schema-fingerprint" : "f",
                              "first-record" : {
                                "source" : "kafka",
                                "stream" : "orders",
                                "partition" : 0,
                                "position" : 9000
                              },
                              "changes" : [
                                {
                                  "kind" : "incompatible",
                                  "path" : "n",
                                  "after" : "it is string now, and the column is struct<a long, b list<string>, c map<string, long>>",
                                  "decision" : "quarantine",
                                  "why" : "default"
                                }
                              ]
                            },
                            {
                              "by" : "somebody-else",
                              "not-after" : "2026-11-27T04:00:00Z",
                              "table-schema" : 3,
                              "changes" : [
                                {
                                  "kind" : "rename-column",
                                  "path" : "remark",
                                  "before" : "note",
                                  "after" : "remark"
                                }
                              ]
                            },
                            {
                              "by" : "somebody-else",
                              "table-schema" : 4,
                              "changes" : [ ]
                            }
                          ]
                        }
                        """);
    }

    private static SchemaDecision decision(String at, int to, long position, SchemaDecision.Change... changes) {
        return new SchemaDecision(
                "00000000000000aa",
                Instant.parse(at),
                "shop",
                3,
                new SchemaDecision.MetTable(ORDERS, "uuid", List.of()),
                new SchemaDecision.Writer(
                        Optional.of("orders-value"),
                        OptionalInt.of(1),
                        OptionalInt.of(to),
                        OptionalInt.of(7),
                        "f",
                        Optional.of(new SchemaDecision.Place("kafka", "orders", 0, position))),
                List.of(changes));
    }

    private static SchemaDecision.Change change(
            String kind, String path, @Nullable String before, @Nullable String after, String decision, String why) {
        return new SchemaDecision.Change(
                kind, path, Optional.ofNullable(before), Optional.ofNullable(after), decision, why);
    }
}
