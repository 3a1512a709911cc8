package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Stack;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.compare.Compatibility;
import dev.firn.schema.compare.CompatibilityLevel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a schema may follow others, asked of Firn and of a registry that decides it. */
class CompatibilityIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What it is about, the newer one, and the older ones, oldest first. */
    static Stream<Arguments> pairs() {
        String a = field("a", "'int'");
        return Stream.of(
                pair("the same", record(a), record(a)),
                pair("a field with a default", record(a + ", " + withDefault("b")), record(a)),
                pair("a field without", record(a + ", " + field("b", "'int'")), record(a)),
                pair("a field less", record(a), record(a + ", " + field("b", "'int'"))),
                pair("a field with a default less", record(a), record(a + ", " + withDefault("b"))),
                pair("int to long", record(field("a", "'long'")), record(a)),
                pair("int to double", record(field("a", "'double'")), record(a)),
                pair("long to float", record(field("a", "'float'")), record(field("a", "'long'"))),
                pair("int to string", record(field("a", "'string'")), record(a)),
                pair("string to bytes", record(field("a", "'bytes'")), record(field("a", "'string'"))),
                pair("optional", record(field("a", "['null', 'int']")), record(a)),
                pair("optional and wider", record(field("a", "['null', 'long']")), record(a)),
                pair(
                        "branches in another order",
                        record(field("a", "['string', 'int']")),
                        record(field("a", "['int', 'string']"))),
                pair(
                        "a branch more",
                        record(field("a", "['int', 'string', 'boolean']")),
                        record(field("a", "['int', 'string']"))),
                pair(
                        "fields in another order",
                        record(field("b", "'int'") + ", " + a),
                        record(a + ", " + field("b", "'int'"))),
                pair("an alias", record("{'name': 'b', 'type': 'int', 'aliases': ['a']}"), record(a)),
                pair("a name without an alias", record(field("b", "'int'")), record(a)),
                pair("another record's name", record(a).replace("'R'", "'S'"), record(a)),
                pair(
                        "another record's name with an alias",
                        record(a).replace("'R'", "'S', 'aliases': ['R']"),
                        record(a)),
                pair("another namespace", record(a).replace("'R'", "'acme.R'"), record(a)),
                pair("a symbol more", record(symbols("'A', 'B'", "")), record(symbols("'A'", ""))),
                pair(
                        "a symbol more with a default",
                        record(symbols("'A', 'B'", ", 'default': 'A'")),
                        record(symbols("'A'", ", 'default': 'A'"))),
                pair("a symbol in place of another", record(symbols("'B'", "")), record(symbols("'A'", ""))),
                pair("a longer fixed", record(fixed(8)), record(fixed(4))),
                pair("a fixed of another name", record(fixed(4).replace("'F'", "'G'")), record(fixed(4))),
                pair(
                        "items wider",
                        record(field("a", "{'type': 'array', 'items': 'long'}")),
                        record(field("a", "{'type': 'array', 'items': 'int'}"))),
                pair(
                        "values narrower",
                        record(field("a", "{'type': 'map', 'values': 'int'}")),
                        record(field("a", "{'type': 'map', 'values': 'long'}"))),
                pair("a decimal's digits", record(decimal(9, 2)), record(decimal(5, 2))),
                pair("a decimal's scale", record(decimal(5, 3)), record(decimal(5, 2))),
                pair("millis to micros", record(logical("timestamp-micros")), record(logical("timestamp-millis"))),
                pair("in a record in a list", nested(a + ", " + field("b", "'int'")), nested(a)),
                pair(
                        "in a record that contains itself",
                        record(field("a", "'long'") + ", " + field("next", "['null', 'R']")),
                        record(a + ", " + field("next", "['null', 'R']"))),
                pair("from a record to a text", "'string'", record(a)),
                pair(
                        "the first version, not the last",
                        record(a),
                        record(a + ", " + field("b", "'int'")),
                        record(a + ", " + withDefault("b"))),
                pair(
                        "the last version, not the first",
                        record(a + ", " + field("b", "'int'")),
                        record(a + ", " + field("b", "'int'")),
                        record(a)),
                pair("back to what was", record(a), record(a), record(field("a", "'long'"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void isDecidedAsTheRegistryDecidesIt(String name, String newer, List<String> older) throws Exception {
        String subject = Stack.unique("compatibility");
        // The registry has no rule yet, so it takes whatever comes.
        for (String version : older) {
            post("/subjects/" + subject + "/versions", version);
        }

        Map<String, Boolean> registry = new TreeMap<>();
        Map<String, Boolean> firn = new TreeMap<>();
        for (CompatibilityLevel level : CompatibilityLevel.values()) {
            put(subject, level.name());
            // This registry holds it against the version that it is asked about, or against all, whatever the level.
            String versions = level.isTransitive() ? "/versions" : "/versions/latest";
            JsonNode answer = post("/compatibility/subjects/" + subject + versions, newer);
            assertThat(answer.path("is_compatible").isBoolean())
                    .as(answer.toString())
                    .isTrue();
            registry.put(level.word(), answer.path("is_compatible").booleanValue());
            firn.put(level.word(), isCompatible(newer, level.among(older), level));
        }

        assertThat(firn).isEqualTo(registry);
    }

    private static boolean isCompatible(String newer, List<String> older, CompatibilityLevel level)
            throws AvroSchemas.NotAvro {
        for (String version : older) {
            if (!Compatibility.between(AvroSchemas.parse(version), AvroSchemas.parse(newer), level)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static void put(String subject, String level) throws IOException, InterruptedException {
        send("/config/" + subject, "PUT", JSON.writeValueAsString(Map.of("compatibility", level)));
    }

    private static JsonNode post(String path, String schema) throws IOException, InterruptedException {
        return send(path, "POST", JSON.writeValueAsString(Map.of("schema", schema)));
    }

    private static JsonNode send(String path, String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Stack.running().registryUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static Arguments pair(String name, String newer, String... older) {
        List<String> versions = new ArrayList<>();
        for (String version : older) {
            versions.add(version.replace('\'', '"'));
        }
        return Arguments.of(name, newer.replace('\'', '"'), versions);
    }

    private static String record(String fields) {
        return "{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}";
    }

    private static String nested(String fields) {
        return record(
                field("lines", "{'type': 'array', 'items': " + record(fields).replace("'R'", "'Line'") + "}"));
    }

    private static String field(String name, String type) {
        return "{'name': '" + name + "', 'type': " + type + "}";
    }

    private static String withDefault(String name) {
        return "{'name': '" + name + "', 'type': 'int', 'default': 0}";
    }

    private static String symbols(String symbols, String more) {
        return field("a", "{'type': 'enum', 'name': 'E', 'symbols': [" + symbols + "]" + more + "}");
    }

    private static String fixed(int size) {
        return field("a", "{'type': 'fixed', 'name': 'F', 'size': " + size + "}");
    }

    private static String decimal(int precision, int scale) {
        return field(
                "a",
                "{'type': 'bytes', 'logicalType': 'decimal', 'precision': " + precision + ", 'scale': " + scale + "}");
    }

    private static String logical(String word) {
        return field("a", "{'type': 'long', 'logicalType': '" + word + "'}");
    }
}
