package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A pipeline of Flink CDC that writes Iceberg tables. */
final class FlinkCdc {

    private static final Map<String, String> STARTUPS = Map.of(
            "initial", "initial",
            "snapshot", "snapshot",
            "latest-offset", "latest-offset",
            "timestamp", "timestamp");

    /** Keys that begin so, and what is said of them. */
    private static final Map<String, String> NO_TWIN = Map.ofEntries(
            Map.entry("source.scan.", "no word says how a snapshot is cut, or what becomes of new tables"),
            Map.entry("source.connect", "Firn has limits of its own"),
            Map.entry("source.jdbc.", "the connection's address has no place for it"),
            Map.entry(
                    "source.server-id",
                    "no word says it; Debezium's own `database.server.id` can stand in `properties`"),
            Map.entry("source.metadata.list", "metadata of changes have no columns yet"),
            Map.entry(
                    "pipeline.user-defined-function",
                    "there are no functions of your own: what calls them can't be written"),
            Map.entry("pipeline.model", "no model is called: what calls it can't be written"),
            Map.entry("pipeline.operator.uid", "uids come from the pipeline's name and never change"),
            Map.entry("pipeline.schema", "there is no operator beside the job that applies changes"),
            Map.entry("sink.hadoop.conf.", "Hadoop's settings are read from its own files, `core-site.xml` and so on"),
            Map.entry("sink.sink.compaction", "`maintenance:` is where Firn's words for it are"));

    private final Settings settings;
    private final Findings findings = new Findings();
    private final Values values = new Values(findings);
    private final Part file = new Part();

    private FlinkCdc(Settings settings) {
        this.settings = settings;
    }

    static ImportDraft draft(Settings settings) {
        FlinkCdc cdc = new FlinkCdc(settings);
        cdc.write();
        return new ImportDraft("a pipeline of Flink CDC", cdc.file, cdc.findings.inOrder());
    }

    private void write() {
        pipeline();
        source();
        CdcRoutes routes = CdcRoutes.read(settings, findings, values);
        routes.write(file);
        new CdcTables(settings, findings, values, routes).write(file);
        sink();
        always();
        rest();
    }

    private void pipeline() {
        Part pipeline = file.at("pipeline");
        Optional<Setting> said = settings.take("pipeline.name");
        String name = Words.pipelineName(said.map(Setting::text).orElse("flink-cdc"));
        pipeline.put("name", Part.text(name), said.map(Setting::key).orElse("the pipeline has no name"));
        said.filter(setting -> !setting.text().equals(name))
                .ifPresent(setting -> findings.differs(
                        List.of(setting), "any text is a name", "a name has letters, digits, `-` and `_`"));
        settings.take("pipeline.parallelism").ifPresent(parallelism -> {
            if (parallelism.text().strip().matches("[1-9]\\d{0,3}")) {
                pipeline.put("parallelism", parallelism.text().strip(), parallelism);
            } else {
                findings.leftOut(List.of(parallelism), "subtasks side by side", "`parallelism` is 1");
            }
        });
        settings.take("pipeline.execution.runtime-mode").ifPresent(mode -> {
            if (mode.text().strip().equalsIgnoreCase("streaming")) {
                findings.differs(List.of(mode), "the pipeline never ends", "so it is here");
            } else {
                findings.danger(
                        List.of(mode), "the pipeline ends when all rows are read", "it goes on with their changes");
            }
        });
        Stream.of("source.server-time-zone", "pipeline.local-time-zone")
                .flatMap(key -> settings.take(key).stream())
                .forEach(zone -> findings.danger(
                        List.of(zone),
                        "times without a zone are read in this one; unless said in that of the process",
                        "no word says a zone: a time without one stays without one"));
    }

    private void source() {
        Part source = file.at("source");
        Setting type = settings.take("source.type").orElseThrow();
        source.put("type", Part.text(type.text().strip()), type);
        for (String key : List.of("hostname", "port", "username")) {
            settings.take("source." + key).ifPresent(setting -> source.put(key, values.value(setting, key), setting));
        }
        settings.take("source.password")
                .ifPresent(password -> source.put("password", values.secret(password, "source-password"), password));
        settings.take("source.name")
                .ifPresent(name -> findings.leftOut(
                        List.of(name), "a name for the screen", "a source that is alone is called after its type"));
        boolean postgres = type.text().strip().equals("postgres");
        selectors("tables", "tables", source, postgres);
        selectors("tables.exclude", "exclude", source, postgres);
        startup(source);
        settings.takeAll("source.debezium.").forEach(setting -> {
            if (postgres) {
                findings.leftOut(
                        List.of(setting),
                        "a setting of Debezium",
                        "there is no Debezium in between: values are as the database has them");
            } else {
                source.at("properties")
                        .put(
                                setting.behind("source.debezium."),
                                values.value(setting, setting.behind("source.")),
                                setting);
            }
        });
        settings.take("source.slot.name")
                .filter(setting -> postgres)
                .ifPresent(
                        slot -> findings.leftOut(
                                List.of(slot),
                                "the slot that keeps the log",
                                "a slot is for one reader, so Firn makes one of its own: drop this one when Flink CDC is stopped for good"));
    }

    private void selectors(String key, String word, Part source, boolean postgres) {
        settings.take("source." + key).ifPresent(setting -> {
            List<String> selectors = new ArrayList<>();
            Set<String> databases = new LinkedHashSet<>();
            for (String selector : Words.split(values.bare(setting), ',')) {
                List<String> parts = CdcNames.parts(selector);
                if (postgres && parts.size() > 2) {
                    databases.add(parts.get(0));
                    selectors.add(CdcNames.selector(selector.substring(selector.indexOf('.') + 1)));
                } else {
                    selectors.add(CdcNames.selector(selector));
                }
            }
            source.put(word, Part.list(selectors), setting);
            if (postgres && !source.has("database") && databases.size() == 1) {
                source.put("database", Part.text(databases.iterator().next()), setting);
            }
        });
        if (postgres && !source.has("database")) {
            source.put("database", "\"${env:DATABASE}\"", "`tables` does not say it");
            findings.toDo(
                    List.of(), "the database is a part of each table's name", "set the variable `DATABASE` to it");
        }
    }

    private void startup(Part source) {
        settings.take("source.scan.startup.mode").ifPresent(mode -> {
            String word = STARTUPS.get(mode.text().strip());
            if (word != null) {
                source.put("startup", word, mode);
            } else {
                findings.danger(
                        List.of(mode),
                        "reading begins at a place of the log",
                        "no word says that place: it begins with all rows, `startup: initial`");
            }
        });
        List<Setting> places = settings.takeAll("source.scan.startup.");
        if (!places.isEmpty()) {
            findings.danger(places, "the place where reading begins", "no word says it");
        }
    }

    private void sink() {
        Part sink = file.at("sink");
        settings.take("sink.type").ifPresent(type -> sink.put("type", "iceberg", type));
        settings.take("sink.name")
                .ifPresent(name -> findings.leftOut(List.of(name), "a name for the screen", "a sink has none"));
        new ForeignCatalog(settings, findings, values).write("sink.catalog.properties.", sink);
    }

    private void always() {
        findings.danger(
                List.of(),
                "positions are in Flink's state",
                "none of them is taken over: a first run reads all rows again, then their changes; into tables with a key"
                        + " that is the same again, into others each row would stand there twice. Stop Flink CDC before");
        findings.differs(
                List.of(),
                "at least once; with a primary key the same row is written over",
                "exactly once: positions are in the ledger table of the same catalog, and a guard inside each commit"
                        + " refuses what is there already");
        findings.differs(
                List.of(),
                "Flink's own configuration says how often a checkpoint, and so a commit, is made",
                "`checkpoint-interval` does, every 30 s unless it is said");
    }

    private void rest() {
        Set<Setting> told = new LinkedHashSet<>();
        NO_TWIN.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            List<Setting> same = settings.rest().stream()
                    .filter(setting -> !told.contains(setting) && setting.key().startsWith(entry.getKey()))
                    .toList();
            if (!same.isEmpty()) {
                told.addAll(same);
                findings.leftOut(same, "a setting of Flink CDC's own way", entry.getValue());
            }
        });
        settings.rest().stream()
                .filter(setting -> !told.contains(setting))
                .forEach(setting -> findings.leftOut(
                        List.of(setting), "a setting that Firn has no word for", "nothing takes its place"));
    }
}
