package dev.firn.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Subjects of the registry, through Confluent's REST API. */
record Subjects(String registryUrl) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Registers an Avro schema as the newest version of a subject and returns its id. */
    int register(String subject, String schemaJson) {
        try {
            String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
            HttpRequest request = HttpRequest.newBuilder(URI.create(registryUrl + path))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("schema", schemaJson))))
                    .build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200 || !answer.has("id")) {
                throw new DevstackException("the registry refuses the schema of `" + subject + "` (status "
                        + response.statusCode() + "): " + response.body());
            }
            return answer.get("id").intValue();
        } catch (IOException problem) {
            throw new DevstackException("can't register the schema of `" + subject + "`: " + problem, problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while registering `" + subject + "`", interrupted);
        }
    }
}
