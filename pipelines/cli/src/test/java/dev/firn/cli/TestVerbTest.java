package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.tests.TestCode;
import dev.firn.definition.diagnostic.HelpPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No broker, registry or catalog is there in these tests, and the references to them stand for nothing. */
class TestVerbTest {

    private static final String FILE =
            """
            pipeline: {name: orders}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:NO_BROKER}"}
              format: {type: avro, registry: {url: "${env:NO_REGISTRY}"}}
            route:
              - {from: orders, to: sales.orders}
            tables:
              - table: sales.orders
                where: region <> 'TEST'
                expect:
                  positive-amount: amount > 0
                  some-quantity: {that: quantity > 0, otherwise: drop}
            sink: {type: iceberg, catalog: {type: rest, uri: "${env:NO_CATALOG}"}}
            tests:
            """;

    private static final String SCHEMA =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "order_id", "type": "long"},
              {"name": "region", "type": ["null", "string"], "default": null},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "quantity", "type": "int", "default": 1}]}
            """;

    private static final String GOOD =
            """
              - name: a negative amount is quarantined
                given: {from: orders, value: {order_id: 1, region: EU, amount: -5}}
                expect:
                  quarantine: [{rule: positive-amount}]
                  tables: {sales.orders: []}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void pull() throws IOException {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/orders-value.avsc"), SCHEMA);
        Files.writeString(
                folder.resolve("schemas/pulled.json"),
                """
                {"version": 1, "schemas": [{
                  "file": "orders-value.avsc", "type": "AVRO", "registry": "r", "subject": "orders-value",
                  "read-by": [{"pipeline": "orders", "source": "kafka", "stream": "orders", "part": "value"}]}]}
                """);
    }

    @Test
    void ofATableWhoseRowsReplaceEachOtherTheLastOfAKeyIsLeft() throws IOException {
        String file = file(
                "orders.yaml",
                FILE.replace("    where:", "    write: upsert\n    key: [region, order_id]\n    where:")
                        + """
                          - name: the last one is left
                            given:
                              - {from: orders, value: {order_id: 1, region: EU, amount: 1}}
                              - {from: orders, value: {order_id: 2, region: EU, amount: 2}}
                              - {from: orders, value: {order_id: 1, region: US, amount: 3}}
                              - {from: orders, value: {order_id: 1, region: EU, amount: 4}}
                            expect:
                              tables: {sales.orders: [{amount: 2}, {amount: 3}, {amount: 4}]}
                          - name: a key that is null is refused
                            given: {from: orders, value: {order_id: 1, amount: 1}}
                            expect:
                              filtered: {sales.orders: 1}
                        """);

        Cli.Answer answer = firn("test", file);

        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void ofATableThatTakesARowOnceTheFirstOfAKeyIsLeft() throws IOException {
        String unique = FILE.replace(
                "    where:",
                "    unique: {key: [region, order_id], within: 1h, time: at}\n"
                        + "    set: {at: cast('2024-01-01 0' || cast(quantity as string) || ':00:00' as timestamp)}\n"
                        + "    where:");
        String tests =
                """
                  - name: the first one is left, and one of another hour
                    given:
                      - {from: orders, value: {order_id: 1, region: EU, amount: 1}}
                      - {from: orders, value: {order_id: 1, region: EU, amount: 2}}
                      - {from: orders, value: {order_id: 1, region: US, amount: 3}}
                      - {from: orders, value: {order_id: 1, region: EU, amount: 4, quantity: 2}}
                    expect:
                      tables: {sales.orders: [{amount: 1}, {amount: 3}, {amount: 4}]}
                      deduplicated: {sales.orders: 1}
                """;

        Cli.Answer answer = firn("test", file("orders.yaml", unique + tests));
        Cli.Answer wrong = firn("test", file("wrong.yaml", unique + tests.replace("orders: 1}", "orders: 2}")));

        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).contains("deduplicated");
    }

    @Test
    void aTestThatPassesIsALine() throws IOException {
        String file = file("orders.yaml", FILE + GOOD);

        assertThat(firn("test", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                NAMED
                                  ✓ a negative amount is quarantined

                                1 test: all passed
                                what it would do to tables that are there:  firn plan NAMED
                                """
                                .replace("NAMED", file),
                        ""));
    }

    @Test
    void aTestThatFailsShowsWhatWasExpectedAndWhatCame() throws IOException {
        String file = file(
                "orders.yaml",
                FILE
                        + """
                          - name: rows, rejects and what is left out
                            given:
                              - {from: orders, value: {order_id: 1, region: EU, amount: 42.5}}
                              - {from: orders, value: {order_id: 2, region: EU, amount: 4}}
                              - {from: orders, value: {order_id: 3, region: EU, amount: 5}}
                              - {from: orders, value: {order_id: 4, region: EU, amount: -4}}
                              - {from: orders, value: {order_id: 5, region: TEST, amount: 1}}
                              - {from: orders, value: {order_id: 6, region: EU, amount: 1, quantity: 0}}
                            expect:
                              tables:
                                sales.orders:
                                  - {order_id: 1, amount: 42.50}
                                  - {order_id: 3, amount: 5.50, region: null}
                                  - {order_id: 7}
                              filtered: {sales.orders: 2}
                              dropped: {sales.orders: 0}
                          - name: another reason
                            given: {from: orders, value: {order_id: 1, amount: -1, region: EU}}
                            expect: {quarantine: [{code: decimal-overflow}]}
                        """
                        + GOOD);

        assertThat(firn("test", file))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                                NAMED
                                  ✗ rows, rejects and what is left out (line 17)
                                    sales.orders: expected 3 rows, got 3, 2 of them other than expected
                                         order_id  amount  region
                                         1         42.50   EU
                                      -  3         5.50    null
                                      -  7
                                      +  2         4.00    EU
                                      +  3         5.00    EU
                                    quarantine: expected no record, got 1
                                      +  code rule-broken, rule positive-amount, table sales.orders, given in line 22:
                                         `positive-amount` is broken: `amount > 0` is false for amount = -4.00
                                    sales.orders: expected 2 filtered records, got 1
                                    sales.orders: expected no dropped record, got 1
                                  ✗ another reason (line 33)
                                    quarantine: expected 1 record, got another
                                      -  code decimal-overflow
                                      +  code rule-broken, rule positive-amount, table sales.orders, given in line 34:
                                         `positive-amount` is broken: `amount > 0` is false for amount = -1.00
                                  ✓ a negative amount is quarantined

                                3 tests: 1 passed, 2 failed
                                what the file says:  firn plan --offline --table sales.orders NAMED
                                """
                                .replace("NAMED", file),
                        ""));
    }

    @Test
    void whatATestNamesWronglyIsToldAtItsPlaceAndNothingIsRun() throws IOException {
        String file = file(
                "orders.yaml",
                FILE
                        + """
                          - name: typing mistakes
                            given:
                              - {from: order, value: {}}
                              - {from: orders, value: {order_id: one}}
                            expect:
                              tables: {sales.order: [], sales.orders: [{orderid: 1}, {order_id: x}]}
                              quarantine: {rule: negative-amount, code: rule_broken, table: ops.orders}
                        """);
        String page =
                """
                FILE:19:16: error[test-names-nothing]: the file reads no stream `order`
                  at tests (typing mistakes)
                 19 |       - {from: order, value: {}}
                    |                ^^^^^
                    expected: `orders`
                    fix: write `orders`                                       help: firn help test-names-nothing

                FILE:20:42: error[test-value-unsuited]: `order_id` is `one`
                  at tests (typing mistakes)
                 20 |       - {from: orders, value: {order_id: one}}
                    |                                          ^^^
                    expected: a whole number from -9223372036854775808 to 9223372036854775807
                    help: firn help test-value-unsuited

                FILE:22:16: error[test-names-nothing]: no route leads to a table `sales.order`
                  at tests (typing mistakes)
                 22 |       tables: {sales.order: [], sales.orders: [{orderid: 1}, {order_id: x}]}
                    |                ^^^^^^^^^^^
                    expected: `sales.orders`
                    fix: write `sales.orders`                                 help: firn help test-names-nothing

                FILE:22:49: error[test-names-nothing]: table `sales.orders` has no column `orderid`
                  at tests (typing mistakes)
                 22 |       tables: {sales.order: [], sales.orders: [{orderid: 1}, {order_id: x}]}
                    |                                                 ^^^^^^^
                    expected: one of `amount`, `order_id`, `quantity`, `region`
                    fix: write `order_id`                                     help: firn help test-names-nothing

                FILE:22:73: error[test-value-unsuited]: `order_id` is `x`
                  at tests (typing mistakes)
                 22 |       tables: {sales.order: [], sales.orders: [{orderid: 1}, {order_id: x}]}
                    |                                                                         ^
                    expected: a whole number from -9223372036854775808 to 9223372036854775807
                    help: firn help test-value-unsuited

                FILE:23:26: error[test-names-nothing]: no table has a rule `negative-amount` in its `expect`
                  at tests (typing mistakes)
                 23 |       quarantine: {rule: negative-amount, code: rule_broken, table: ops.orders}
                    |                          ^^^^^^^^^^^^^^^
                    expected: one of `positive-amount`, `some-quantity`
                    help: firn help test-names-nothing

                FILE:23:49: error[test-names-nothing]: no record ever goes to quarantine as `rule_broken`
                  at tests (typing mistakes)
                 23 |       quarantine: {rule: negative-amount, code: rule_broken, table: ops.orders}
                    |                                                 ^^^^^^^^^^^
                    expected: CODES
                    fix: write `rule-broken`                                  help: firn help test-names-nothing

                FILE:23:69: error[test-names-nothing]: no route leads to a table `ops.orders`
                  at tests (typing mistakes)
                 23 |       quarantine: {rule: negative-amount, code: rule_broken, table: ops.orders}
                    |                                                                     ^^^^^^^^^^
                    expected: `sales.orders`
                    help: firn help test-names-nothing

                8 errors
                """;

        Cli.Answer tested = firn("test", file);

        assertThat(tested.out())
                .isEqualTo(file + "\n  not tested: the file is wrong\n\nnothing was tested; 1 file is wrong\n");
        assertThat(tested.exitCode()).isEqualTo(2);
        assertThat(withoutPaths(tested.err(), file)).isEqualTo(page);
        assertThat(withoutPaths(firn("lint", file).out(), file)).isEqualTo(page);
    }

    /** Every code there is would make the page change with each new one. */
    private static String withoutPaths(String page, String file) {
        return page.replace(file, "FILE").replaceAll("one of `bad-utf8`[^:]*?(?=\\n    fix)", "CODES");
    }

    @Test
    void severalFilesAndFoldersAreTestedAndWrittenForABuildServer() throws IOException {
        String good = file("good.yaml", FILE + GOOD);
        String bad = file("bad.yaml", FILE + GOOD.replace("rule: positive-amount", "code: trailing-bytes"));
        String wrong = file("wrong.yaml", FILE + GOOD.replace("from: orders, value", "from: refunds, value"));
        String none = file("none.yaml", FILE.replace("tests:\n", ""));
        Path xml = folder.resolve("target/tests.xml");

        Cli.Answer answer = firn("test", "--junit", xml.toString(), folder.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .contains(good + "\n  ✓", bad + "\n  ✗", wrong + "\n  not tested", none + "\n  no tests")
                .endsWith("\n2 tests: 1 passed, 1 failed; 1 file is wrong\nwhat the file says:  firn plan --offline "
                        + bad + "\n");
        assertThat(Files.readString(xml).replace(folder + "/", ""))
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuites>
                          <testsuite name="bad.yaml" tests="1" failures="1" errors="0">
                            <testcase classname="bad.yaml" name="a negative amount is quarantined" file="bad.yaml" line="17">
                              <failure message="quarantine: expected 1 record, got another">-  code trailing-bytes
                        +  code rule-broken, rule positive-amount, table sales.orders, given in line 18:
                           `positive-amount` is broken: `amount &gt; 0` is false for amount = -5.00</failure>
                            </testcase>
                          </testsuite>
                          <testsuite name="good.yaml" tests="1" failures="0" errors="0">
                            <testcase classname="good.yaml" name="a negative amount is quarantined" file="good.yaml" line="17"></testcase>
                          </testsuite>
                          <testsuite name="none.yaml" tests="0" failures="0" errors="0">
                          </testsuite>
                          <testsuite name="wrong.yaml" tests="1" failures="0" errors="1">
                            <testcase classname="wrong.yaml" name="the file is right" file="wrong.yaml" line="18">
                              <error message="the file reads no stream `refunds`">wrong.yaml:18:19: the file reads no stream `refunds`</error>
                            </testcase>
                          </testsuite>
                        </testsuites>
                        """);
    }

    @Test
    void programsGetTheSameAsJson() throws IOException {
        String file = file("orders.yaml", FILE + GOOD.replace("[{rule: positive-amount}]", "[]"));

        assertThat(firn("test", "--format", "json", file))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        {
                          "version" : 1,
                          "tests" : 1,
                          "failed" : 1,
                          "files" : [
                            {
                              "file" : "FILE",
                              "tested" : true,
                              "tests" : [
                                {
                                  "name" : "a negative amount is quarantined",
                                  "line" : 17,
                                  "passed" : false,
                                  "differences" : [
                                    {
                                      "about" : "quarantine",
                                      "what" : "quarantine: expected no record, got 1",
                                      "lines" : [
                                        "+  code rule-broken, rule positive-amount, table sales.orders, given in line 18:",
                                        "   `positive-amount` is broken: `amount > 0` is false for amount = -5.00"
                                      ]
                                    }
                                  ]
                                }
                              ]
                            }
                          ]
                        }
                        """
                                .replace("FILE", file),
                        ""));
    }

    @Test
    void nothingToTestIsNoGoodAnswer() throws IOException {
        String file = file("orders.yaml", FILE.replace("tests:\n", ""));

        assertThat(firn("test", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        file + "\n  no tests\n\nnothing was tested\n",
                        "firn: there is no `tests:` in what was named; docs/testing.md shows one\n"));
    }

    @Test
    void withoutPulledSchemasThereAreNoRecords() throws IOException {
        String file = file("orders.yaml", FILE + GOOD);
        Files.delete(folder.resolve("schemas/pulled.json"));

        Cli.Answer answer = firn("test", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("error[schema-not-pulled]", "fix: firn schema pull " + file);
    }

    @Test
    void aStreamWithoutASchemaInTheFolderGivesNoRecord() throws IOException {
        String file = file(
                "orders.yaml",
                FILE.replace("topics: [orders]", "topics: [orders, refunds]")
                                .replace("- {from: orders", "- {from: \"*\"")
                        + GOOD.replace("from: orders, value", "from: refunds, value"));

        Cli.Answer answer = firn("test", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains(
                        ":18:19: error[schema-not-pulled]: the schema of `refunds` is not known, so no record of it can be"
                                + " written\n");
    }

    @ParameterizedTest
    @EnumSource
    void eachCodeIsExplainedByAnExampleThatGetsItAndOneThatGetsNone(TestCode code) throws IOException {
        String page = HelpPages.page(code.code()).orElseThrow();

        Cli.Answer wrong =
                firn("lint", "--format", "json", file("wrong.yaml", FILE.replace("tests:\n", example(page, "Wrong"))));
        Cli.Answer right = firn(
                "test",
                file(
                        "right.yaml",
                        FILE.replace("tests:\n", example(page, "Right")).replace("region <> 'TEST'", "true")));

        assertThat(page).startsWith("# " + code.code() + "\n\n");
        assertThat(wrong.out()).contains("\"" + code.code() + "\"");
        assertThat(right.exitCode()).as(right.out() + right.err()).isZero();
    }

    private static String example(String page, String heading) {
        return page.substring(page.indexOf("## " + heading))
                .lines()
                .skip(2)
                .takeWhile(line -> !line.equals("```"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
