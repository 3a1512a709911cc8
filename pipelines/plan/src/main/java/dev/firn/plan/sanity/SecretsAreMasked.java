package dev.firn.plan.sanity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every text is as it may be shown: what its name or its place says is a secret is a reference, or masked. */
final class SecretsAreMasked implements JsonCheck {

    @Override
    public List<String> faults(PipelinePlan plan, ObjectNode json) {
        List<String> faults = new ArrayList<>();
        walk("", json, faults);
        return faults;
    }

    private static void walk(String path, JsonNode object, List<String> faults) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String place = path + field.getKey();
            // Schemas are the streams' own words, and hold no settings.
            if (!field.getKey().equals("schemas")) {
                look(place, field.getKey(), field.getValue(), faults);
            }
        }
    }

    private static void look(String place, String name, JsonNode value, List<String> faults) {
        if (value.isObject()) {
            walk(place + ".", value, faults);
        } else if (value.isArray()) {
            value.forEach(item -> look(place, name, item, faults));
        } else if (value.isTextual() && !ShownText.of(name, value.textValue()).equals(value.textValue())) {
            faults.add("`" + place + "` shows a secret");
        }
    }
}
