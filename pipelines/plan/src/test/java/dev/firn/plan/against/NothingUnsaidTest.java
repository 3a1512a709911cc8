package dev.firn.plan.against;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each value of the plan of the orders is changed in turn, and the comparison has something to say. */
class NothingUnsaidTest {

    /** What follows from the rest of a plan, or is of the moment at which it was made. */
    private static final Set<String> SILENT =
            Set.of("version", "action", "guarantee", "schemas", "operators", "topics", "tables/name", "tables/streams");

    @Test
    void saysSomethingOfEveryValueThatDiffers() throws IOException {
        ObjectNode plan =
                (ObjectNode) new ObjectMapper().readTree(Files.readString(Path.of("../../examples/orders/plan.json")));
        StoredPlan before = Example.read(plan.toString());
        List<List<Object>> places = new ArrayList<>();
        leaves(plan, List.of(), places);
        assertThat(places).hasSizeGreaterThan(80);

        assertThat(places).allSatisfy(place -> {
            ObjectNode changed = plan.deepCopy();
            change(changed, place);
            assertThat(Comparison.of(before, Example.read(changed.toString())).differences())
                    .isNotEmpty();
        });
    }

    private static void leaves(JsonNode node, List<Object> path, List<List<Object>> into) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                List<Object> longer = plus(path, field.getKey());
                if (!SILENT.contains(field.getKey())
                        && !SILENT.contains(path.isEmpty() ? "" : path.get(0) + "/" + field.getKey())) {
                    leaves(field.getValue(), longer, into);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                leaves(array.get(index), plus(path, index), into);
            }
        } else {
            into.add(path);
        }
    }

    private static List<Object> plus(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static void change(ObjectNode root, List<Object> path) {
        JsonNode parent = root;
        for (Object step : path.subList(0, path.size() - 1)) {
            parent = step instanceof Integer index ? parent.get(index) : parent.get((String) step);
        }
        Object last = path.get(path.size() - 1);
        if (parent instanceof ArrayNode array) {
            array.set((Integer) last, array.textNode("other"));
        } else {
            ObjectNode object = (ObjectNode) parent;
            JsonNode was = object.get((String) last);
            object.set(
                    (String) last,
                    was.isBoolean() ? object.booleanNode(!was.booleanValue()) : object.textNode("other.x"));
        }
    }
}
