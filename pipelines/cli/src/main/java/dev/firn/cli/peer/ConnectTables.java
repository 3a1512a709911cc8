package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where records go, and what the tables are like. */
final class ConnectTables {

    private static final String ALL = "\"*\"";
    private static final Pattern PLAIN_REGEX = Pattern.compile("[A-Za-z0-9_ -]+");

    private final Settings settings;
    private final Findings findings;
    private final Values values;
    private final boolean byTabular;

    ConnectTables(Settings settings, Findings findings, Values values, Setting connectorClass) {
        this.settings = settings;
        this.findings = findings;
        this.values = values;
        this.byTabular = connectorClass.text().contains("tabular");
    }

    void write(Part file, String pipeline) {
        // A later entry wins, so what is meant for all of them comes first.
        file.item("tables", "table", ALL);
        route(file, pipeline);
        evolution(file);
        upserts(file);
        defaults(file);
        settings.takeAll("iceberg.table.").forEach(setting -> ofOne(setting, file));
        deletes(file);
    }

    private static boolean isOfChanges(Part file) {
        Part format = file.at("source").at("format");
        return format.says("type", "debezium-avro") || format.says("type", "debezium-json");
    }

    /** Rows that are appended have no key to delete them by. */
    private void deletes(Part file) {
        Part all = file.item("tables", "table", ALL);
        if (isOfChanges(file) && !all.says("write", "upsert")) {
            all.put("deletes", "ignore", "rows are appended");
            findings.danger(
                    List.of(),
                    "a change that deletes a row is a record like others, or is left out, as the transform has it",
                    "it is left out, by `deletes: ignore`: rows are appended, and those that are deleted at the source"
                            + " stay. `write: upsert` with a `key` makes the source's table of them");
        }
    }

    private void route(Part file, String pipeline) {
        Optional<Setting> field = settings.take("iceberg.tables.route-field");
        Optional<Setting> dynamic = settings.take("iceberg.tables.dynamic-enabled");
        List<Setting> said = settings.takeList("iceberg.tables");
        List<String> tables = said.stream()
                .flatMap(setting -> Words.split(values.bare(setting), ',').stream())
                .distinct()
                .toList();
        Part line = file.add("route");
        line.put("from", ALL, "all topics");
        if (dynamic.filter(Setting::isTrue).isPresent()) {
            byValue(line, pipeline, dynamic.orElseThrow(), field, isOfChanges(file));
            if (!said.isEmpty()) {
                findings.leftOut(said, "tables by name do not go with `dynamic-enabled`", "records name their tables");
            }
        } else if (tables.isEmpty()) {
            line.put("to", Part.text(pipeline.replace('-', '_') + ".$stream"), "the connector names no table");
            findings.danger(
                    dynamic.stream().toList(), "no table is named", "each topic gets a table that is called as it is");
        } else {
            List<String> named = tables.stream()
                    .map(table -> table.contains(".") ? table : pipeline.replace('-', '_') + "." + table)
                    .toList();
            if (!named.equals(tables)) {
                findings.danger(
                        said,
                        "a table without a namespace is allowed",
                        "a table is in one: that of the pipeline's name is put before it");
            }
            line.put("to", named.size() == 1 ? Part.text(named.get(0)) : Part.list(named), "iceberg.tables");
            dynamic.ifPresent(off -> findings.differs(
                    List.of(off), "records choose among the tables that are named", "so they do here"));
            field.ifPresent(column -> byRegex(column, tables, file));
        }
    }

    private void byValue(Part line, String pipeline, Setting dynamic, Optional<Setting> field, boolean ofChanges) {
        List<Setting> both = new ArrayList<>(List.of(dynamic));
        field.ifPresent(both::add);
        String column = field.map(values::bare).orElse("");
        String namespace = pipeline.replace('-', '_');
        if (!column.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            line.put("to", Part.text(namespace + ".$stream"), "a field inside another can't be routed by");
            findings.danger(
                    both,
                    "a field inside another names the table of each record",
                    "a column at the top can do so alone: each topic gets one table instead");
            return;
        }
        if (ofChanges) {
            line.put("to", Part.text(namespace + ".$stream"), "a delete has no value to be routed by");
            findings.danger(
                    both,
                    "a field names the table of each record",
                    "a change that deletes a row has no such value: each topic gets one table instead");
            return;
        }
        line.put("by", Part.text(column), field.map(Setting::key).orElse(""));
        line.put("to", Part.text(namespace + ".$by"), dynamic);
        findings.danger(
                both,
                "the value, in lower case, is the table's whole name, `db.orders` for `db.Orders`; where there is no such"
                        + " table the record is dropped, unless tables are made",
                "tables are called `" + namespace + ".$by`, and what is no letter, digit or `_` in the value becomes"
                        + " `_`: `" + namespace + ".db_Orders`. They are made when a value comes, 100 at most"
                        + " (`max-tables`), and records of further ones go to quarantine");
    }

    /** Each table gets a copy, and takes what its expression selects. */
    private void byRegex(Setting field, List<String> tables, Part file) {
        List<Setting> used = new ArrayList<>(List.of(field));
        Map<String, String> conditions = new LinkedHashMap<>();
        for (String table : tables) {
            settings.take("iceberg.table." + table + ".route-regex").ifPresent(regex -> {
                used.add(regex);
                conditions.put(table, condition(values.bare(field), values.bare(regex)));
                Part entry = file.item("tables", "table", Part.text(table));
                entry.put("where", Part.text(String.valueOf(conditions.get(table))), regex);
            });
        }
        findings.differs(
                used,
                "a record goes to each table whose expression its field matches; one that matches none is dropped, and"
                        + " not counted",
                "each table gets a copy and takes what its `where` says; what it leaves out is counted as filtered");
        tables.stream()
                .filter(table -> !conditions.containsKey(table))
                .forEach(table -> findings.danger(
                        List.of(field),
                        "`" + table + "` has no `route-regex`, so no record goes to it",
                        "without a `where` all of them go to it: remove it from `route`, or say which"));
    }

    private static String condition(String column, String regex) {
        return PLAIN_REGEX.matcher(regex).matches()
                ? column + " = '" + regex + "'"
                : "regexp(" + column + ", '^(?:" + regex.replace("'", "''") + ")$')";
    }

    private void evolution(Part file) {
        List<Setting> create =
                settings.take("iceberg.tables.auto-create-enabled").stream().toList();
        if (create.stream().noneMatch(Setting::isTrue)) {
            findings.differs(
                    create,
                    "a table that is missing is an error, or its records are dropped",
                    "it is made, with the newest schema that the registry has");
        } else {
            findings.differs(
                    create,
                    "a table is made of the first record",
                    "it is made before the first record, with the newest schema that the registry has");
        }
        List<Setting> evolve =
                settings.take("iceberg.tables.evolve-schema-enabled").stream().toList();
        Part all = file.item("tables", "table", ALL);
        String evolves = evolve.isEmpty()
                ? "the connector leaves tables as they are unless said"
                : evolve.get(0).key();
        if (evolve.stream().noneMatch(Setting::isTrue)) {
            all.put("schema-evolution", "ignore", evolves);
            findings.differs(
                    evolve,
                    "a new field is left out",
                    "so it is, by `schema-evolution: ignore`; without it, it becomes a column. Where a field gets a wider"
                            + " type, or another name by an alias, its records go to quarantine");
        } else {
            all.put("schema-evolution", "lenient", evolves);
            findings.differs(
                    evolve,
                    "new fields become columns, `int` grows to `long` and `float` to `double`",
                    "so they do, by `schema-evolution: lenient`; `decimal` grows too. Without it, a field that says by an"
                            + " alias that it had another name keeps its column, which is renamed");
        }
        settings.take("iceberg.tables.schema-force-optional")
                .ifPresent(optional -> findings.leftOut(
                        List.of(optional),
                        "all columns are optional",
                        "a column is optional where its field is; a table that is there keeps its own"));
        settings.take("iceberg.tables.schema-case-insensitive")
                .ifPresent(cases -> findings.leftOut(
                        List.of(cases),
                        "`Amount` and `amount` are one column",
                        "they are two: names are taken as they are written"));
    }

    private void upserts(Part file) {
        Optional<Setting> upsert = settings.take("iceberg.tables.upsert-mode-enabled");
        Optional<Setting> operation = settings.take("iceberg.tables.cdc-field");
        List<Setting> both = new ArrayList<>();
        upsert.filter(Setting::isTrue).ifPresent(both::add);
        operation.ifPresent(both::add);
        upsert.filter(setting -> !setting.isTrue())
                .ifPresent(setting -> findings.differs(List.of(setting), "rows are appended", "so they are here"));
        if (both.isEmpty()) {
            return;
        }
        if (!byTabular) {
            findings.differs(
                    both,
                    "this connector takes the word and appends all the same",
                    "rows are appended; `write: upsert` is what was meant");
            return;
        }
        file.item("tables", "table", ALL).put("write", "upsert", both.get(0));
        operation.ifPresent(column -> findings.danger(
                List.of(column),
                "a field says whether a record inserts, updates or deletes",
                "no field says so: a delete would be a row. Debezium's own envelope says it, without the transform in"
                        + " between, with `format: {type: debezium-avro}`"));
    }

    private void defaults(Part file) {
        settings.take("iceberg.tables.default-partition-by")
                .filter(setting -> !setting.text().isBlank())
                .ifPresent(partition -> file.item("tables", "table", ALL)
                        .put("partition-by", Part.text(Words.partitionBy(values.bare(partition))), partition));
        settings.take("iceberg.tables.default-id-columns").ifPresent(key -> key(key, ALL, file));
        settings.take("iceberg.tables.default-commit-branch").ifPresent(this::branch);
        for (String prefix : List.of("iceberg.tables.auto-create-props.", "iceberg.tables.write-props.")) {
            List<Setting> properties = settings.takeAll(prefix);
            properties.forEach(property -> file.item("tables", "table", ALL)
                    .at("properties")
                    .put(property.behind(prefix), Part.text(values.bare(property)), property));
            if (!properties.isEmpty() && prefix.contains("write")) {
                findings.differs(
                        properties,
                        "the writers alone know them",
                        "they become properties of the tables that Firn makes; those of others stay as they are");
            }
        }
    }

    private void ofOne(Setting setting, Part file) {
        String name = setting.behind("iceberg.table.");
        int dot = name.lastIndexOf('.');
        String table = dot < 0 ? name : name.substring(0, dot);
        String what = dot < 0 ? "" : name.substring(dot + 1);
        switch (what) {
            case "partition-by" -> file.item("tables", "table", Part.text(table))
                    .put("partition-by", Part.text(Words.partitionBy(values.bare(setting))), setting);
            case "id-columns" -> key(setting, Part.text(table), file);
            case "commit-branch" -> branch(setting);
            case "route-regex" -> findings.leftOut(
                    List.of(setting),
                    "the values that lead to a table",
                    "the table is not among those of `iceberg.tables`, or there is no `route-field`");
            default -> findings.leftOut(
                    List.of(setting), "a setting of one table that Firn does not know", "nothing takes its place");
        }
    }

    private void key(Setting setting, String table, Part file) {
        Set<String> columns = new LinkedHashSet<>(Words.split(values.bare(setting), ','));
        if (byTabular && !columns.isEmpty()) {
            file.item("tables", "table", table).put("key", Part.list(List.copyOf(columns)), setting);
        } else {
            findings.leftOut(
                    List.of(setting),
                    "the columns become identifier fields of tables that are made; rows are appended",
                    "rows are appended, and no identifier fields are set");
        }
    }

    private void branch(Setting setting) {
        findings.danger(
                List.of(setting), "commits go to a branch", "commits go to `main`, where readers see them at once");
    }
}
