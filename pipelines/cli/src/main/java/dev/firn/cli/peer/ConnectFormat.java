package dev.firn.cli.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value converter, which is Firn's {@code format}. */
record ConnectFormat(Settings settings, Findings findings, Values values) {

    private static final String CONVERTER = "value.converter";
    private static final String PREFIX = CONVERTER + ".";

    /** Converters by the last part of their names. */
    private static final Map<String, String> REGISTERED = Map.of(
            "io.confluent.connect.avro.AvroConverter", "avro",
            "io.confluent.connect.protobuf.ProtobufConverter", "protobuf",
            "io.confluent.connect.json.JsonSchemaConverter", "json",
            "io.apicurio.registry.utils.converter.AvroConverter", "avro",
            "io.apicurio.registry.utils.converter.ExtJsonConverter", "json");

    private static final Map<String, String> STRATEGIES = Map.of(
            "TopicNameStrategy", "topic-name",
            "RecordNameStrategy", "record-name",
            "TopicRecordNameStrategy", "topic-record-name");

    /** @param topic the first one, after which a schema's file is called */
    void write(Part source, String topic) {
        Part format = source.at("format");
        Optional<Setting> converter = settings.take(CONVERTER);
        String type = converter.map(Setting::text).orElse("").strip();
        if (REGISTERED.containsKey(type)) {
            format.put("type", String.valueOf(REGISTERED.get(type)), converter.orElseThrow());
            registry(format);
            types(converter.orElseThrow(), type);
        } else if (type.endsWith("connect.json.JsonConverter")) {
            json(converter.orElseThrow(), format, topic + ".schema.json");
        } else if (type.endsWith(".StringConverter") || type.endsWith(".ByteArrayConverter")) {
            format.put("type", "raw", converter.orElseThrow());
            format.put("column-type", type.endsWith(".StringConverter") ? "string" : "binary", converter.orElseThrow());
            findings.differs(
                    List.of(converter.orElseThrow()),
                    "the sink takes nothing but structs and maps, so a transform parses the value",
                    "`raw` makes one column of the value as it is; JSON with a schema is `format: {type: json}`");
        } else {
            format.put("type", "avro", converter.map(Setting::key).orElse("a guess: the worker says it"));
            registry(format);
            findings.danger(
                    converter.stream().toList(),
                    converter.isPresent()
                            ? "a converter that Firn does not know makes structs of the bytes"
                            : "the worker's own file says how values are written",
                    "`avro` in the Confluent frame is a guess: see what is in the topics, and write `format` for it");
        }
    }

    private void json(Setting converter, Part format, String schemaFile) {
        Optional<Setting> enabled = settings.take(PREFIX + "schemas.enable");
        format.put("type", "json", converter);
        format.put(
                "schema-file", Part.text(schemaFile), "Firn's columns come from a schema: this file is yours to make");
        List<Setting> both = enabled.map(setting -> List.of(converter, setting)).orElse(List.of(converter));
        boolean plain = enabled.filter(setting -> !setting.isTrue()).isPresent();
        if (!plain) {
            findings.danger(
                    both,
                    "each value carries its schema beside its `payload`",
                    "Firn has no word for that envelope: it would read `schema` and `payload` as two fields");
        }
        findings.toDo(
                both,
                "columns are guessed from each record",
                "columns come from a JSON Schema: `firn schema infer --to json-schema SAMPLE > " + schemaFile
                        + "` makes one of records");
    }

    private void registry(Part format) {
        Part registry = format.at("registry");
        Optional<Setting> url = settings.take(PREFIX + "schema.registry.url");
        url.ifPresent(setting -> registry.put("url", values.value(setting, "registry-url"), setting));
        settings.take(PREFIX + "apicurio.registry.url").ifPresent(setting -> {
            findings.toDo(
                    List.of(setting),
                    "the client speaks Apicurio's own interface",
                    "Firn speaks Confluent's, which Apicurio has under `/apis/ccompat/v7`: see that `url` ends so");
            registry.put("url", values.value(setting, "registry-url"), setting);
        });
        if (!registry.has("url")) {
            registry.put("url", "\"${env:REGISTRY}\"", "the worker has it");
            findings.toDo(
                    List.of(),
                    "the worker's own file says where the schema registry is",
                    "set the environment variable `REGISTRY` to its address");
        }
        login(registry);
        settings.take(PREFIX + "value.subject.name.strategy").ifPresent(strategy -> naming(strategy, registry));
    }

    private void login(Part registry) {
        for (String key : List.of("basic.auth.user.info", "schema.registry.basic.auth.user.info")) {
            settings.take(PREFIX + key).ifPresent(info -> {
                String user = info.text().split(":", 2)[0];
                if (info.text().contains("${")) {
                    findings.toDo(
                            List.of(info),
                            "user and password come as one value from elsewhere",
                            "they are two options: set the variable `REGISTRY_USER`, and `registry-password` as a secret");
                    registry.put("username", "\"${env:REGISTRY_USER}\"", info);
                    registry.put("password", "\"${secret:registry-password}\"", info);
                } else {
                    registry.put("username", Part.text(user), info);
                    registry.put("password", values.inItsPlace(info, "registry-password"), info);
                }
            });
        }
        for (String key : List.of("bearer.auth.token", "schema.registry.bearer.auth.token")) {
            settings.take(PREFIX + key)
                    .ifPresent(token -> registry.put("token", values.secret(token, "registry-token"), token));
        }
        List<Setting> sources = List.of("basic.auth.credentials.source", "bearer.auth.credentials.source").stream()
                .flatMap(key -> settings.take(PREFIX + key).stream())
                .toList();
        if (!sources.isEmpty()) {
            findings.leftOut(
                    sources,
                    "where the login to the registry stands",
                    "it stands in `registry`: `username` and `password`, or `token`");
        }
    }

    private void naming(Setting strategy, Part registry) {
        String name =
                strategy.text().substring(strategy.text().lastIndexOf('.') + 1).strip();
        if (!STRATEGIES.containsKey(name)) {
            findings.danger(
                    List.of(strategy),
                    "a class of your own names the subjects",
                    "Firn looks under `<topic>-value`: name others in `subjects` of the registry");
            return;
        }
        registry.put("subject-naming", String.valueOf(STRATEGIES.get(name)), strategy);
        if (!name.equals("TopicNameStrategy")) {
            findings.toDo(
                    List.of(strategy),
                    "each record names its schema, whatever the subject",
                    "so it is here, but the first schema of a table is looked up by its subject: name one for each topic"
                            + " in `subjects` of the registry");
        }
    }

    private void types(Setting converter, String type) {
        if (type.contains("avro")) {
            findings.differs(
                    List.of(converter),
                    "a decimal becomes `decimal(38, s)`, `timestamp-micros` and `time-micros` become `long`, a union a"
                            + " struct with one field for each branch",
                    "types are taken as the schema says them (docs/types.md): a table that the connector has made may"
                            + " have other types, and `firn plan` says where");
        }
    }
}
