package dev.firn.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Schemas that refer to others or are not Avro, registered as a build would do it: over Confluent's REST interface. */
public final class RegisteredSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RegisteredSchemas() {}

    /** Registers a schema of a type that is not Avro, and returns its id. */
    public static int register(String type, String subject, String schema) {
        return post(subject, Map.of("schemaType", type, "schema", schema));
    }

    /** Registers a schema that uses the types of other subjects, all in their first version, and returns its id. */
    public static int register(String subject, String schema, Map<String, String> subjectsByType) {
        List<Map<String, Object>> references = subjectsByType.entrySet().stream()
                .<Map<String, Object>>map(
                        reference -> Map.of("name", reference.getKey(), "subject", reference.getValue(), "version", 1))
                .toList();
        return post(subject, Map.of("schema", schema, "references", references));
    }

    private static int post(String subject, Map<String, Object> schema) {
        try {
            String body = JSON.writeValueAsString(schema);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(Stack.running().registryUrl() + "/subjects/" + subject + "/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode id = JSON.readTree(response.body()).path("id");
            if (!id.isInt()) {
                throw new IllegalStateException("not registered: " + response.body());
            }
            return id.intValue();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
