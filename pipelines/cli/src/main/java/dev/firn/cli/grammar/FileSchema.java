package dev.firn.cli.grammar;

import dev.firn.cli.help.Section;
import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.OptionSchema;
import dev.firn.definition.project.ProjectOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schemas of the pipeline file and of the project file, in draft 7, which is the newest that the editors' YAML server reads whole. */
public final class FileSchema {

    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    private static final Map<String, Object> NAME = Map.of(
            "type", "string",
            "pattern", "^[A-Za-z][A-Za-z0-9_-]{0,62}$",
            "description",
                    "The source's name, which routes and plans use; its type unless said. In a list each source needs one.");

    private static final Map<String, Object> NAMESPACE = Map.of(
            "type", "string",
            "description",
                    "For streams that no route names, and for Firn's own tables; unless said, the pipeline's name.");

    private FileSchema() {}

    /** The schema of a pipeline file. */
    public static String pipeline(Components components) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Section section : Section.all(components)) {
            if (section.shape() != Section.Shape.FILE && !properties.containsKey(section.word())) {
                properties.put(section.word(), section(section, components, entries));
            }
        }
        Map<String, Object> schema =
                head("A Firn pipeline", "A pipeline: what is read, where it goes, what is done on the way.");
        schema.put("properties", properties);
        schema.put("required", List.of("pipeline", "source", "sink"));
        schema.put("additionalProperties", false);
        schema.put("definitions", entries);
        return Json.print(schema);
    }

    /** The schema of {@code firn.yaml}. */
    public static String project() {
        Map<String, Object> schema =
                head("A Firn project", "What several pipelines share: `firn.yaml`, beside or above their files.");
        schema.putAll(OptionSchema.mapping(ProjectOptions.class, Map.of()));
        return Json.print(schema);
    }

    private static Map<String, Object> head(String title, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.put("title", title);
        schema.put("description", description);
        schema.put("type", "object");
        return schema;
    }

    private static Map<String, Object> section(Section section, Components components, Map<String, Object> entries) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", section.summaryWithState().replace("**", ""));
        schema.put("markdownDescription", section.summaryWithState());
        if (section.type().isPresent()) {
            Map<String, Object> typed = typed(section.word(), components);
            schema.put("description", "What is " + (section.word().equals("source") ? "read." : "written to."));
            schema.remove("markdownDescription");
            schema.putAll(section.word().equals("source") ? oneOrNamed(typed, entries) : typed);
            return schema;
        }
        Map<String, Object> options = OptionSchema.of(section.options());
        schema.putAll(section.shape() == Section.Shape.LIST ? oneOrMore(section.word(), options, entries) : options);
        return schema;
    }

    /** A component whose options are those of its {@code type}. */
    private static Map<String, Object> typed(String kind, Components components) {
        List<String> types = components.types(kind).stream().sorted().toList();
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("enum", types);
        type.put("description", "Which kind of " + kind + "; the other options are its own.");
        Map<String, Object> shared = new LinkedHashMap<>();
        if (kind.equals("source")) {
            shared.put("name", NAME);
        } else {
            shared.put("namespace", NAMESPACE);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of("type", type));
        schema.put("required", List.of("type"));
        List<Object> rules = new ArrayList<>();
        for (String word : types) {
            Map<String, Object> elsewhere = new LinkedHashMap<>();
            elsewhere.put("type", type);
            elsewhere.putAll(shared);
            Map<String, Object> options =
                    OptionSchema.mapping(components.options(kind, word).orElseThrow(), elsewhere);
            rules.add(OptionSchema.whereType(List.of(word), kind.equals("sink") ? withNamedCatalog(options) : options));
        }
        schema.put("allOf", rules);
        return schema;
    }

    /** A catalog may be called by the name that {@code firn.yaml} gives it; what it stands for is laid over the file before it is bound. */
    private static Map<String, Object> withNamedCatalog(Map<String, Object> options) {
        Map<String, Object> properties = new LinkedHashMap<>();
        ((Map<?, ?>) options.getOrDefault("properties", Map.of()))
                .forEach((name, schema) -> properties.put(String.valueOf(name), schema));
        if (properties.get("catalog") instanceof Map<?, ?> catalog) {
            Map<String, Object> named = new LinkedHashMap<>();
            catalog.forEach((key, value) -> named.put(String.valueOf(key), value));
            Object properly = Map.of("type", "object", "additionalProperties", named.remove("additionalProperties"));
            named.remove("type");
            named.put("anyOf", List.of(properly, Map.of("type", "string", "minLength", 1)));
            properties.put("catalog", named);
        }
        Map<String, Object> changed = new LinkedHashMap<>(options);
        changed.put("properties", properties);
        return changed;
    }

    private static Map<String, Object> oneOrMore(String word, Map<String, Object> entry, Map<String, Object> entries) {
        entries.put(word, entry);
        Map<String, Object> reference = Map.of("$ref", "#/definitions/" + word);
        return Map.of("anyOf", List.of(Map.of("type", "array", "items", reference), reference));
    }

    private static Map<String, Object> oneOrNamed(Map<String, Object> source, Map<String, Object> entries) {
        entries.put("source", source);
        Map<String, Object> reference = Map.of("$ref", "#/definitions/source");
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("minItems", 1);
        list.put("items", Map.of("allOf", List.of(reference), "required", List.of("name")));
        return Map.of("anyOf", List.of(reference, list));
    }
}
