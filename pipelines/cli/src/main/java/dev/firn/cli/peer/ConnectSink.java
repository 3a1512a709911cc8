package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A connector of Kafka Connect that writes Iceberg tables: Apache's, or Tabular's from which it came. */
final class ConnectSink {

    static final String CLASS = "connector.class";

    /** What Kafka's clients are given; the first one that says something wins. */
    private static final List<String> CLIENT_PREFIXES = List.of("consumer.override.", "iceberg.kafka.");

    /** Firn sets them itself, and refuses them in a file. */
    private static final Set<String> FIRNS_OWN = Set.of(
            "auto.offset.reset",
            "client.id.prefix",
            "enable.auto.commit",
            "group.id",
            "group.instance.id",
            "key.deserializer",
            "value.deserializer");

    /** Keys without a twin, and why; those that end in a dot begin many. */
    private static final Map<String, String> NO_TWIN = Map.ofEntries(
            Map.entry("iceberg.control.", "there is no control topic: positions travel in the commits themselves"),
            Map.entry("iceberg.coordinator", "there is no coordinator beside the job"),
            Map.entry("iceberg.connect.", "there is no consumer group"),
            Map.entry("iceberg.hadoop", "Hadoop's settings are read from its own files, `core-site.xml` and so on"),
            Map.entry("key.converter", "neither of the two writes keys; `key:` of the source makes columns of them"),
            Map.entry("header.converter", "headers are bytes; `metadata: {headers: ...}` of the source keeps them"),
            Map.entry("config.", "there is no worker that reloads"),
            Map.entry("predicates", "it belongs to a transform, which has no twin with it"),
            Map.entry("producer.override.", "nothing is produced"),
            Map.entry("admin.override.", "`properties` of the source go to all clients"),
            Map.entry("value.converter.", "the format has no such option"),
            Map.entry(
                    "errors.", "a record that can't be written is kept in quarantine, with the reason and its bytes"));

    private final Settings settings;
    private final Findings findings = new Findings();
    private final Values values = new Values(findings);
    private final Part file = new Part();

    private ConnectSink(Settings settings) {
        this.settings = settings;
    }

    /** Whether it is a class of an Iceberg sink. */
    static boolean isOne(String connectorClass) {
        return connectorClass.endsWith("IcebergSinkConnector") || connectorClass.equals("IcebergSink");
    }

    static ImportDraft draft(Settings settings) {
        ConnectSink sink = new ConnectSink(settings);
        sink.write();
        return new ImportDraft("a sink connector of Kafka Connect for Iceberg", sink.file, sink.findings.inOrder());
    }

    private void write() {
        Setting type = settings.take(CLASS).orElseThrow();
        String group = settings.look("name").map(Setting::text).orElse("NAME");
        String name = pipeline();
        String topic = source();
        new ConnectFormat(settings, findings, values).write(file.at("source"), topic);
        new ConnectTransforms(settings, findings, values).write(file);
        new ConnectTables(settings, findings, values, type).write(file, name);
        sink(type);
        positions(type, group);
        errors();
        rest();
    }

    private String pipeline() {
        List<Setting> names = new ArrayList<>();
        settings.take("name").ifPresent(names::add);
        String said = names.isEmpty() ? "iceberg-sink" : names.get(0).text();
        String name = Words.pipelineName(said);
        Part pipeline = file.at("pipeline");
        pipeline.put("name", Part.text(name), names.isEmpty() ? "the connector has no name" : "name");
        if (!names.isEmpty() && !name.equals(said)) {
            findings.differs(names, "any text is a name", "a name has letters, digits, `-` and `_`");
        }
        settings.take("tasks.max").ifPresent(tasks -> {
            if (tasks.text().strip().matches("[1-9]\\d{0,3}")) {
                pipeline.put("parallelism", tasks.text().strip(), tasks);
            } else {
                findings.leftOut(List.of(tasks), "tasks that read and write side by side", "`parallelism` is 1");
            }
        });
        interval(pipeline);
        return name;
    }

    private void interval(Part pipeline) {
        String here = "each checkpoint commits what was read until then to each table that has rows, all of it or"
                + " nothing; `commit-interval` of a table makes its commits rarer";
        settings.take("iceberg.control.commit.interval-ms")
                .ifPresentOrElse(
                        said -> Words.time(said.text())
                                .ifPresentOrElse(
                                        time -> {
                                            pipeline.put("checkpoint-interval", time, said);
                                            findings.differs(
                                                    List.of(said),
                                                    "the coordinator commits so often, without tasks that are late",
                                                    here);
                                        },
                                        () -> findings.leftOut(
                                                List.of(said),
                                                "the time between two commits",
                                                "it is no time that Firn knows; every 30 s unless `checkpoint-interval` says otherwise")),
                        () -> findings.differs(
                                List.of(),
                                "the coordinator commits every 5 minutes",
                                "every 30 s, so that rows are there sooner, in more and smaller snapshots: " + here));
    }

    /** Answers the first topic that is named. */
    private String source() {
        Part source = file.at("source");
        source.put("type", "kafka", "");
        String topic = topics(source);
        Part properties = source.at("properties");
        for (String prefix : CLIENT_PREFIXES) {
            settings.takeAll(prefix).forEach(setting -> client(setting, setting.behind(prefix), properties));
        }
        if (!properties.has("bootstrap.servers")) {
            properties.put("bootstrap.servers", "\"${env:KAFKA}\"", "the worker has it");
            findings.toDo(
                    List.of(),
                    "the worker's own file says where the brokers are, and how they are logged in to",
                    "set the environment variable `KAFKA` to `host:port`; `security.protocol` and `sasl.*` go into"
                            + " `properties` of the source, spelled as they are there");
        }
        return topic;
    }

    private String topics(Part source) {
        List<Setting> named = settings.takeList("topics");
        List<String> topics = named.stream()
                .flatMap(setting -> Words.split(values.bare(setting), ',').stream())
                .distinct()
                .toList();
        if (!topics.isEmpty()) {
            source.put("topics", Part.list(topics), "topics");
        }
        settings.take("topics.regex").ifPresent(regex -> {
            if (source.has("topics")) {
                findings.leftOut(List.of(regex), "an expression does not go with names of topics", "the names stay");
            } else {
                source.put("topics", Part.list(List.of("/" + values.bare(regex) + "/")), regex);
            }
        });
        if (!source.has("topics")) {
            source.put("topics", "[]", "the connector names no topic");
        }
        return topics.isEmpty() ? "values" : topics.get(0);
    }

    private void client(Setting setting, String property, Part properties) {
        if (FIRNS_OWN.contains(property)) {
            findings.leftOut(
                    List.of(setting),
                    "a setting of Kafka's consumer",
                    property.equals("auto.offset.reset")
                            ? "`startup` of the source says where to begin, once and for all"
                            : "Firn sets it itself: positions are in its ledger, and in no consumer group");
            return;
        }
        if (properties.has(property)) {
            findings.leftOut(
                    List.of(setting),
                    "the clients of the control topic have settings of their own",
                    "the consumer's are there already");
            return;
        }
        properties.put(property, values.value(setting, property), setting);
    }

    private void sink(Setting type) {
        Part sink = file.at("sink");
        sink.put("type", "iceberg", type);
        settings.take("iceberg.catalog")
                .ifPresent(name -> sink.at("catalog").put("catalog-name", Part.text(values.bare(name)), name));
        new ForeignCatalog(settings, findings, values).write("iceberg.catalog.", sink);
    }

    /** The one thing that nobody may miss. */
    private void positions(Setting type, String connector) {
        file.at("source").put("startup", "earliest", "the connector's own positions are not taken over");
        findings.danger(
                List.of(type),
                "positions are in the consumer group `connect-" + connector
                        + "`, in one of the control topic's, and in the" + " snapshots of the tables",
                "none of them is taken over: a first run reads each topic from its beginning. Written to the tables that"
                        + " the connector has filled, every row that is still in a topic would stand there twice. Route"
                        + " to new tables and swap them; or stop the producers, let the connector write all, stop it, and"
                        + " let the first run begin with `startup: latest` before producers go on: what comes between"
                        + " would be missing");
        findings.differs(
                List.of(),
                "exactly once as long as the control topic and the consumer groups live; after a rebalance rows have been"
                        + " doubled and lost",
                "exactly once: positions are in the ledger table of the same catalog, and a guard inside each commit"
                        + " refuses what is there already");
    }

    private void errors() {
        List<Setting> tolerance = new ArrayList<>();
        settings.take("errors.tolerance").ifPresent(tolerance::add);
        List<Setting> letters = settings.takeAll("errors.deadletterqueue.");
        boolean all =
                tolerance.stream().anyMatch(setting -> setting.text().strip().equalsIgnoreCase("all"));
        findings.differs(
                tolerance,
                all
                        ? "a record that can't be converted is passed over"
                        : "a record that can't be converted stops the connector",
                "it goes to the quarantine table with the reason and its bytes, is counted, and nothing stops");
        letters.stream()
                .filter(setting ->
                        setting.key().endsWith(".topic.name") && !setting.text().isBlank())
                .findFirst()
                .ifPresent(topic -> file.at("quarantine").put("topic", Part.text(values.bare(topic)), topic));
        List<Setting> others = letters.stream()
                .filter(setting -> !setting.key().endsWith(".topic.name"))
                .toList();
        if (!others.isEmpty()) {
            findings.leftOut(others, "settings of the dead letter topic", "the topic has to be there");
        }
    }

    /** Groups what has the same reason, so that the list stays readable. */
    private void rest() {
        Set<Setting> told = new LinkedHashSet<>();
        NO_TWIN.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            List<Setting> same = settings.rest().stream()
                    .filter(setting -> !told.contains(setting) && setting.key().startsWith(entry.getKey()))
                    .toList();
            if (!same.isEmpty()) {
                told.addAll(same);
                findings.leftOut(same, "settings of " + words(entry.getKey()), entry.getValue());
            }
        });
        settings.rest().stream()
                .filter(setting -> !told.contains(setting))
                .forEach(setting -> findings.leftOut(
                        List.of(setting), "a setting that Firn does not know", "nothing takes its place"));
    }

    private static String words(String prefix) {
        return switch (prefix) {
            case "iceberg.control." -> "the control topic";
            case "iceberg.coordinator" -> "the coordinator";
            case "iceberg.connect." -> "the consumer group";
            case "iceberg.hadoop" -> "Hadoop";
            case "key.converter" -> "how keys are read";
            case "header.converter" -> "how headers are read";
            case "config." -> "the worker's configuration";
            case "predicates" -> "when a transform applies";
            case "producer.override.", "admin.override." -> "other clients of Kafka";
            case "value.converter." -> "how values are read";
            default -> "what happens to bad records";
        };
    }
}
