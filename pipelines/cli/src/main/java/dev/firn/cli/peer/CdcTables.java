package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flink CDC does to rows and tables: {@code transform}, and the sink's settings of tables. */
record CdcTables(Settings settings, Findings findings, Values values, CdcRoutes routes) {

    private static final String ALL = "\"*\"";
    private static final Pattern COLUMN = Pattern.compile("`?([A-Za-z_][A-Za-z0-9_]*)`?");
    private static final Pattern NAMED = Pattern.compile("(?is)(.+?)\\s+(?:as\\s+)?`?([A-Za-z_][A-Za-z0-9_]*)`?");

    /** Kinds of changes that both have, in Flink CDC's and in Firn's words. */
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "add.column", List.of("add-column", "ignore"),
            "drop.column", List.of("drop-column", "keep-nullable"),
            "rename.column", List.of("rename-column", "keep-nullable"),
            "drop.table", List.of("drop-table", "ignore"),
            "truncate.table", List.of("truncate-table", "ignore")));

    void write(Part file) {
        Part all = file.item("tables", "table", ALL);
        all.put("write", "upsert", "the sink of Flink CDC always does");
        evolution(all);
        for (Setting property : settings.takeAll("sink.table.properties.")) {
            all.at("properties")
                    .put(property.behind("sink.table.properties."), Part.text(values.bare(property)), property);
        }
        settings.take("sink.partition.key").ifPresent(key -> partitions(key, file));
        int items = settings.items("transform");
        for (int index = items - 1; index >= 0; index--) {
            // The first that matches wins there, the last one here.
            transform("transform[" + index + "].", file, items > 1);
        }
    }

    private void evolution(Part all) {
        Part evolution = all.at("schema-evolution");
        Optional<Setting> behavior = settings.take("pipeline.schema.change.behavior");
        behavior.ifPresentOrElse(
                said -> evolution.put("preset", Part.text(said.text().strip().toLowerCase(Locale.ROOT)), said),
                () -> evolution.put("preset", "lenient", "unless said, Flink CDC is"));
        findings.differs(
                behavior.stream().toList(),
                "one word says what is done about every change",
                "the word is the same, and what it decides about each kind is a table in docs/schema-evolution.md");
        List<Setting> included = settings.takeList("sink.include.schema.changes");
        if (!included.isEmpty()) {
            findings.leftOut(
                    included, "the kinds of changes that are applied", "`schema-evolution` has a decision for each");
        }
        for (Setting excluded : settings.takeList("sink.exclude.schema.changes")) {
            List<Map.Entry<String, List<String>>> kinds = Words.split(excluded.text(), ',').stream()
                    .flatMap(word -> KINDS.entrySet().stream()
                            .filter(kind -> kind.getKey().contains(word)))
                    .toList();
            kinds.forEach(kind ->
                    evolution.put(kind.getValue().get(0), kind.getValue().get(1), excluded));
            findings.differs(
                    List.of(excluded),
                    "kinds of changes are not applied",
                    kinds.isEmpty()
                            ? "`schema-evolution` has no word for these"
                            : "`schema-evolution` says so, kind by kind");
        }
    }

    private void partitions(Setting key, Part file) {
        for (String table : Words.split(values.bare(key), ';')) {
            int colon = table.indexOf(':');
            if (colon < 1) {
                findings.danger(List.of(key), "columns that partition a table", "it does not say which table");
                return;
            }
            file.item("tables", "table", Part.text(table.substring(0, colon).strip()))
                    .put("partition-by", Part.text(Words.partitionBy(table.substring(colon + 1))), key);
        }
    }

    private void transform(String place, Part file, boolean several) {
        Optional<Setting> source = settings.take(place + "source-table");
        List<Setting> all = settings.takeAll(place);
        if (source.isEmpty()) {
            findings.leftOut(all, "a transform without a source", "nothing takes its place");
            return;
        }
        List<Setting> told = new ArrayList<>(List.of(source.get()));
        told.addAll(all);
        List<String> tables = routes.tablesOf(values.bare(source.get()));
        if (tables.isEmpty()) {
            findings.danger(
                    told,
                    "rows of the source tables that an expression selects are changed",
                    "`tables` selects by the table that is written, and which ones these are is not sure: write the"
                            + " entries yourself");
            return;
        }
        tables.forEach(table -> all.forEach(
                setting -> one(setting, setting.behind(place), file.item("tables", "table", Part.text(table)))));
        String there = "the first transform that matches a source table applies, and no other";
        if (several) {
            findings.danger(
                    told,
                    there,
                    "every entry of `tables` that matches a written table applies, one upon the other: see that none gets"
                            + " what another was meant to get");
        } else {
            findings.differs(told, there, "every entry of `tables` that matches a written table applies");
        }
    }

    private void one(Setting setting, String word, Part table) {
        switch (word) {
            case "projection" -> projection(setting, table);
            case "filter" -> table.put("where", Part.text(values.bare(setting)), setting);
            case "primary-keys" -> table.put("key", Part.list(Words.split(values.bare(setting), ',')), setting);
            case "partition-keys" -> table.put(
                    "partition-by", Part.text(Words.partitionBy(values.bare(setting))), setting);
            case "table-options" -> {
                for (String option : Words.split(values.bare(setting), ',')) {
                    String[] pair = option.split("=", 2);
                    if (pair.length == 2) {
                        table.at("properties").put(pair[0].strip(), Part.text(pair[1].strip()), setting);
                    }
                }
            }
            case "converter-after-transform" -> {
                if (setting.text().strip().equalsIgnoreCase("SOFT_DELETE")) {
                    table.put("deletes", "soft", setting);
                } else {
                    findings.danger(List.of(setting), "changes are converted", "no word says so");
                }
            }
            case "description" -> findings.leftOut(
                    List.of(setting), "a sentence about the transform", "write it as a comment");
            default -> findings.danger(List.of(setting), "a word of a transform", "nothing takes its place");
        }
    }

    private void projection(Setting setting, Part table) {
        boolean everything = false;
        for (String item : Words.split(values.bare(setting), ',')) {
            Matcher named = NAMED.matcher(item);
            if (item.equals("*") || item.equals("\\*")) {
                everything = true;
            } else if (!COLUMN.matcher(item).matches() && named.matches()) {
                table.at("set").put(named.group(2), Part.text(named.group(1).strip()), setting);
            } else if (!COLUMN.matcher(item).matches()) {
                findings.danger(List.of(setting), "an expression without a name is a column", "a column has a name");
            }
        }
        if (!everything) {
            findings.danger(
                    List.of(setting),
                    "columns that are not named are left out",
                    "all columns pass, today's and tomorrow's: name those that must not in `drop`");
        }
        if (setting.text().contains("__")) {
            findings.danger(
                    List.of(setting),
                    "names with `__` in front stand for where a row came from",
                    "an expression can't name them");
        }
    }
}
