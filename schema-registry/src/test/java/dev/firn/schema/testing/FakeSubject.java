package dev.firn.schema.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A subject of a {@link FakeRegistry}, whose versions are registered one after the other. */
public final class FakeSubject {

    private final FakeRegistry registry;
    private final String name;
    private final List<String> versions = new ArrayList<>();

    public FakeSubject(FakeRegistry registry, String name) {
        this.registry = registry;
        this.name = name;
    }

    /** @param schema without a single quote */
    public FakeSubject version(int id, String type, String schema) {
        versions.add(String.valueOf(versions.size() + 1));
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("subject", name)
                .put("version", versions.size())
                .put("id", id)
                .put("schemaType", type)
                .put("schema", schema);
        registry.answer("/subjects/" + name + "/versions/" + versions.size(), 200, answer.toString());
        registry.answer("/schemas/ids/" + id, 200, answer.toString());
        registry.answer(
                "/schemas/ids/" + id + "/versions",
                200,
                "[{'subject': '" + name + "', 'version': " + versions.size() + "}]");
        registry.forget("/subjects/" + name + "/versions")
                .answer("/subjects/" + name + "/versions", 200, "[" + String.join(", ", versions) + "]");
        return this;
    }
}
