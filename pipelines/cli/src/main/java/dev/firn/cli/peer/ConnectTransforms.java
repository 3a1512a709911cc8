package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single message transforms: those that Firn has a word for, and the others by name. */
record ConnectTransforms(Settings settings, Findings findings, Values values) {

    private static final String ALL = "\"*\"";

    private static final Map<String, String> METADATA = Map.of(
            "topic.field", "topic",
            "partition.field", "partition",
            "offset.field", "offset",
            "timestamp.field", "timestamp");

    void write(Part file) {
        Optional<Setting> named = settings.take("transforms");
        List<String> aliases =
                named.map(setting -> Words.split(setting.text(), ',')).orElse(List.of());
        for (String alias : aliases) {
            one(alias, file);
        }
        named.ifPresent(setting -> findings.differs(
                List.of(setting),
                "transforms run one after the other, in the order of their names here",
                "what a table does to its rows has an order of its own: where, set, drop, rename"));
    }

    private void one(String alias, Part file) {
        String prefix = "transforms." + alias + ".";
        Optional<Setting> type = settings.take(prefix + "type");
        List<Setting> options = settings.takeAll(prefix);
        if (type.isEmpty()) {
            findings.leftOut(options, "a transform without a type", "there is nothing to take its place");
            return;
        }
        List<Setting> all = new ArrayList<>(List.of(type.get()));
        all.addAll(options);
        String name = type.get().text().substring(type.get().text().lastIndexOf('.') + 1);
        boolean conditional =
                options.stream().anyMatch(option -> option.behind(prefix).equals("predicate"));
        boolean done = !conditional
                && switch (name) {
                    case "InsertField$Value" -> insert(prefix, options, file);
                    case "ReplaceField$Value" -> replace(prefix, options, file);
                    case "CopyValue" -> copy(prefix, options, file);
                    case "KafkaMetadataTransform" -> metadata(prefix, type.get(), options, file);
                    case "MaskField$Value" -> mask(prefix, options, file);
                    default -> false;
                };
        if (done) {
            findings.differs(
                    all,
                    "`" + alias + "`, a `" + name + "`, changes each record",
                    name.startsWith("Mask")
                            ? "`mask` writes null in the place of each value, and `quarantine` keeps no bytes,"
                                    + " which would have it in clear: `firn replay` can't put records back"
                            : "the file has words for it");
        } else if (name.equals("RegexRouter") || name.equals("ByLogicalTableRouter")) {
            findings.leftOut(
                    all, "`" + alias + "` gives topics other names, which no table hears of", "topics keep theirs");
        } else if (name.equals("DebeziumTransform") || name.equals("ExtractNewRecordState")) {
            debezium(alias, all, file);
        } else {
            findings.danger(
                    all,
                    "`" + alias + "`, a `" + name + "`, changes each record"
                            + (conditional ? " that a predicate selects" : ""),
                    "there is no twin: rows will be as they are in the topic");
        }
    }

    private void debezium(String alias, List<Setting> all, Part file) {
        Part format = file.at("source").at("format");
        boolean json = format.says("type", "json");
        format.remove("schema-file");
        format.put("type", json ? "debezium-json" : "debezium-avro", all.get(0));
        if (!json) {
            Part key = file.at("source").at("key");
            key.put("type", "avro", "a delete says by its key which row it is about");
            key.put("columns", "none", "");
        }
        findings.danger(
                all,
                "`" + alias + "` takes the row out of Debezium's envelope, and adds columns about the change",
                "the envelope is read as what it is, with `format: {type: " + (json ? "debezium-json" : "debezium-avro")
                        + "}`: those columns are not there"
                        + (json ? "" : ". Keys have to be Avro as well, with their schemas in the registry"));
    }

    private static boolean insert(String prefix, List<Setting> options, Part file) {
        if (!options.stream().allMatch(option -> METADATA.containsKey(option.behind(prefix)))) {
            return false;
        }
        Part metadata = file.at("source").at("metadata");
        options.forEach(option -> metadata.put(
                String.valueOf(METADATA.get(option.behind(prefix))),
                // Kafka ends a name so where the field has to be, or may be missing.
                Part.text(option.text().replaceFirst("[!?]$", "")),
                option));
        return true;
    }

    private static boolean metadata(String prefix, Setting type, List<Setting> options, Part file) {
        String name = "_kafka_metadata";
        for (Setting option : options) {
            switch (option.behind(prefix)) {
                case "field_name" -> name = option.text().strip();
                case "nested" -> {
                    if (option.isTrue()) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        Part metadata = file.at("source").at("metadata");
        for (String field : List.of("topic", "partition", "offset", "timestamp")) {
            metadata.put(field, Part.text(name + "_" + field), type);
        }
        return true;
    }

    /** Another mask than that one, which goes with all types, but never none. */
    private boolean mask(String prefix, List<Setting> options, Part file) {
        Optional<Setting> fields = option("fields", prefix, options);
        fields.ifPresent(setting -> {
            Part mask = file.item("tables", "table", ALL).at("mask");
            Words.split(values.bare(setting), ',').forEach(field -> mask.put(field, "nullify", setting));
            file.at("quarantine").put("payload", "none", setting);
        });
        return fields.isPresent();
    }

    private boolean replace(String prefix, List<Setting> options, Part file) {
        for (Setting option : options) {
            if (!List.of("exclude", "blacklist", "renames").contains(option.behind(prefix))) {
                return false;
            }
        }
        Part table = file.item("tables", "table", ALL);
        for (Setting option : options) {
            List<String> items = Words.split(values.bare(option), ',');
            if (option.behind(prefix).equals("renames")) {
                items.stream()
                        .map(item -> item.split(":", 2))
                        .filter(pair -> pair.length == 2)
                        .forEach(pair -> table.at("rename").put(pair[0].strip(), Part.text(pair[1].strip()), option));
            } else {
                table.put("drop", Part.list(items), option);
            }
        }
        return true;
    }

    private boolean copy(String prefix, List<Setting> options, Part file) {
        Optional<Setting> from = option("source.field", prefix, options);
        Optional<Setting> to = option("target.field", prefix, options);
        if (from.isEmpty() || to.isEmpty() || options.size() > 2) {
            return false;
        }
        file.item("tables", "table", ALL)
                .at("set")
                .put(values.bare(to.get()), Part.text(values.bare(from.get())), from.get());
        return true;
    }

    private static Optional<Setting> option(String name, String prefix, List<Setting> options) {
        return options.stream()
                .filter(option -> option.behind(prefix).equals(name))
                .findFirst();
    }
}
