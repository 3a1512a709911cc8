package dev.firn.schema.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.source.Registration;
import dev.firn.spi.source.Registration.Reference;
import dev.firn.spi.source.SchemaPart;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** The folder's index as JSON: versioned, the same bytes for the same schemas. */
final class IndexJson {

    private static final int VERSION = 1;

    private IndexJson() {}

    /** It is no index; the message says where and why. */
    static final class NoIndex extends Exception {
        private static final long serialVersionUID = 1L;

        NoIndex(String message) {
            super(message);
        }
    }

    static String write(List<PulledSchema> schemas) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        ArrayNode array = root.putArray("schemas");
        for (PulledSchema schema : schemas) {
            Registration registration = schema.registration();
            ObjectNode object = array.addObject();
            object.put("file", schema.file());
            object.put("type", registration.type());
            object.put("registry", registration.registry());
            object.put("subject", registration.subject());
            registration.version().ifPresent(version -> object.put("version", version));
            registration.id().ifPresent(id -> object.put("id", id));
            if (!registration.references().isEmpty()) {
                ArrayNode references = object.putArray("references");
                registration.references().forEach(reference -> references
                        .addObject()
                        .put("name", reference.name())
                        .put("subject", reference.subject())
                        .put("version", reference.version()));
            }
            ArrayNode uses = object.putArray("read-by");
            schema.uses().forEach(use -> uses.addObject()
                    .put("pipeline", use.pipeline())
                    .put("source", use.source())
                    .put("stream", use.stream())
                    .put("part", use.part().word()));
        }
        return PrettyJson.write(root);
    }

    static List<PulledSchema> read(String text) throws JsonProcessingException, NoIndex {
        JsonNode root = PrettyJson.read(text);
        if (!root.isObject() || !root.path("schemas").isArray()) {
            throw new NoIndex("it has no list `schemas`");
        }
        if (root.path("version").asInt() != VERSION) {
            throw new NoIndex(
                    "its `version` is `" + root.path("version").asText() + "`, and this Firn reads version " + VERSION);
        }
        List<PulledSchema> schemas = new ArrayList<>();
        for (JsonNode schema : root.path("schemas")) {
            schemas.add(schema(schema, "schemas[" + schemas.size() + "]"));
        }
        return schemas;
    }

    private static PulledSchema schema(JsonNode node, String place) throws NoIndex {
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : node.path("references")) {
            String here = place + ".references[" + references.size() + "]";
            references.add(new Reference(
                    text(reference, "name", here),
                    text(reference, "subject", here),
                    reference.path("version").asInt(-1)));
        }
        SortedSet<SchemaUse> uses = new TreeSet<>();
        int index = 0;
        for (JsonNode use : node.path("read-by")) {
            uses.add(use(use, place + ".read-by[" + index++ + "]"));
        }
        Registration registration = new Registration(
                text(node, "registry", place),
                text(node, "subject", place),
                number(node.path("id")),
                number(node.path("version")),
                text(node, "type", place),
                references);
        String file = text(node, "file", place);
        if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
            throw new NoIndex("`" + place + ".file` is no name of a file in the folder");
        }
        return new PulledSchema(registration, file, uses);
    }

    private static SchemaUse use(JsonNode use, String place) throws NoIndex {
        String part = text(use, "part", place);
        for (SchemaPart known : SchemaPart.values()) {
            if (known.word().equals(part)) {
                return new SchemaUse(
                        text(use, "pipeline", place), text(use, "source", place), text(use, "stream", place), known);
            }
        }
        throw new NoIndex("`" + place + ".part` is neither `value` nor `key`");
    }

    private static OptionalInt number(JsonNode node) {
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    private static String text(JsonNode node, String name, String place) throws NoIndex {
        if (!node.path(name).isTextual()) {
            throw new NoIndex("`" + place + "` has no text `" + name + "`");
        }
        return node.path(name).textValue();
    }
}
