package dev.firn.schema.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.definition.yaml.Node;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A value as JSON: what stands in quotes is text, and so is all else that is no number of JSON, no truth and no null. */
final class GivenJson {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private GivenJson() {}

    static JsonNode of(Node node) {
        JsonNodeFactory nodes = new JsonNodeFactory(true);
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = nodes.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key().text(), of(entry.value())));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = nodes.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        if (scalar.isNothing()) {
            return nodes.nullNode();
        }
        if (scalar.quoted()) {
            return nodes.textNode(scalar.text());
        }
        if (scalar.text().equals("true") || scalar.text().equals("false")) {
            return nodes.booleanNode(scalar.text().equals("true"));
        }
        return NUMBER.matcher(scalar.text()).matches()
                ? nodes.numberNode(new BigDecimal(scalar.text()))
                : nodes.textNode(scalar.text());
    }
}
