package dev.firn.cli.tests;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.tests.ExpectedOptions;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import dev.firn.plan.PipelinePlan;
import dev.firn.schema.given.Scalars;
import dev.firn.schema.given.Unfit;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From what the file says of its tests to tests that can be run; what they name and there is not is told at its place. */
final class TestReading {

    private final TestStreams streams;
    private final TargetTables tables;
    private final StreamSchemas schemas;
    private final Diagnostics diagnostics;

    private TestReading(TestStreams streams, TargetTables tables, StreamSchemas schemas, Diagnostics diagnostics) {
        this.streams = streams;
        this.tables = tables;
        this.schemas = schemas;
        this.diagnostics = diagnostics;
    }

    static List<TestCase> read(
            PipelineDefinition definition, PipelinePlan plan, StreamSchemas schemas, Diagnostics diagnostics) {
        TestStreams streams = TestStreams.of(definition, plan);
        List<TestCase> tests = new ArrayList<>();
        for (Bound<TestOptions> test : definition.tests()) {
            Diagnostics here = diagnostics.at("tests (" + test.options().name() + ")");
            tests.add(new TestReading(streams, new TargetTables(plan), schemas, here).read(test));
        }
        return tests;
    }

    private TestCase read(Bound<TestOptions> test) {
        List<TestCase.Given> given = new GivenReading(streams, schemas, diagnostics).read(test);
        ExpectedOptions options = test.options().expect();
        Node.Mapping node = (Node.Mapping) test.node().child("expect").orElseThrow();
        Map<TableName, List<Expectation.Row>> rows = new LinkedHashMap<>();
        for (Node.Entry entry : entries(node, "tables")) {
            target(entry.key()).ifPresent(table -> rows.put(table.name(), rows(table, entry.value())));
        }
        List<ExpectedOptions.Reject> rejects = options.quarantine().orElse(List.of());
        node.child("quarantine").ifPresent(list -> check(rejects, GivenReading.items(list)));
        return new TestCase(
                test.options().name(),
                test.node().span(),
                given,
                new Expectation(
                        rows,
                        rejects,
                        counts(node, "filtered", options.filtered()),
                        counts(node, "dropped", options.dropped()),
                        counts(node, "deduplicated", options.deduplicated())));
    }

    private static List<Node.Entry> entries(Node.Mapping node, String option) {
        return node.child(option).map(child -> ((Node.Mapping) child).entries()).orElse(List.of());
    }

    private Optional<TargetTables.Target> target(Node.Scalar name) {
        Optional<TargetTables.Target> table = tables.called(name.text());
        if (table.isEmpty()) {
            diagnostics.report(GivenReading.unknown(
                    name.span(), "no route leads to a table `" + name.text() + "`", name.text(), tables.names()));
        }
        return table;
    }

    private Map<TableName, Integer> counts(Node.Mapping node, String option, Map<String, Integer> said) {
        Map<TableName, Integer> counts = new LinkedHashMap<>();
        for (Node.Entry entry : entries(node, option)) {
            Integer count = said.get(entry.key().text());
            target(entry.key()).filter(known -> count != null).ifPresent(known -> counts.put(known.name(), count));
        }
        return counts;
    }

    private List<Expectation.Row> rows(TargetTables.Target table, Node list) {
        List<Expectation.Row> rows = new ArrayList<>();
        for (Node row : GivenReading.items(list)) {
            try {
                rows.add(row(table, row));
            } catch (Unfit unfit) {
                GivenReading.report(diagnostics, unfit);
            }
        }
        return rows;
    }

    private Expectation.Row row(TargetTables.Target table, Node node) throws Unfit {
        if (!(node instanceof Node.Mapping mapping)) {
            throw Unfit.at(
                    node.span(),
                    "a row of `" + table.name() + "` is " + Scalars.shown(node),
                    "a mapping of columns to values");
        }
        Map<String, Expectation.Cell> cells = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            cell(table, entry).ifPresent(cell -> cells.put(entry.key().text(), cell));
        }
        return new Expectation.Row(cells);
    }

    private Optional<Expectation.Cell> cell(TargetTables.Target table, Node.Entry entry) throws Unfit {
        String name = entry.key().text();
        if (table.columns().isEmpty()) {
            // Nobody knows what could stand there, and nothing comes there either.
            return Optional.of(new Expectation.Cell(entry.value(), value -> false));
        }
        Optional<Column> column = table.columns().get().column(name);
        if (column.isEmpty()) {
            List<String> names =
                    table.columns().get().columns().stream().map(Column::name).toList();
            diagnostics.report(GivenReading.unknown(
                    entry.key().span(), "table `" + table.name() + "` has no column `" + name + "`", name, names));
            return Optional.empty();
        }
        return Optional.of(new Expectation.Cell(
                entry.value(), ExpectedValue.of(entry.value(), column.get().type(), name)));
    }

    private void check(List<ExpectedOptions.Reject> rejects, List<Node> nodes) {
        List<String> codes =
                Stream.of(RejectCode.values()).map(RejectCode::word).toList();
        List<String> rules = tables.rules();
        for (int place = 0; place < rejects.size(); place++) {
            Node.Mapping node = (Node.Mapping) nodes.get(place);
            rejects.get(place)
                    .code()
                    .filter(code -> !codes.contains(code))
                    .ifPresent(code -> diagnostics.report(GivenReading.unknown(
                            node.child("code").orElse(node).span(),
                            "no record ever goes to quarantine as `" + code + "`",
                            code,
                            codes)));
            rejects.get(place)
                    .rule()
                    .filter(rule -> !rules.contains(rule))
                    .ifPresent(rule -> diagnostics.report(GivenReading.unknown(
                            node.child("rule").orElse(node).span(),
                            "no table has a rule `" + rule + "` in its `expect`",
                            rule,
                            rules)));
            node.entry("table").ifPresent(entry -> target((Node.Scalar) entry.value()));
        }
    }
}
