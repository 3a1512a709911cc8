package dev.firn.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and what its answer means. */
final class RegistryConnection {

    /** Confluent's codes for a subject, a version, a schema that is not there. */
    private static final Set<Integer> NOT_FOUND_CODES = Set.of(40401, 40402, 40403);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final RegistryUrl url;
    private final Duration answerWithin;

    RegistryConnection(RegistryUrl url, Duration answerWithin) {
        this.url = url;
        this.answerWithin = answerWithin;
        this.client = HttpClient.newBuilder()
                // An upgrade to HTTP/2 is offered on a plain connection otherwise, which not every proxy survives.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(answerWithin)
                .build();
    }

    /** The registry does not answer, or not as one: waiting may mend it. */
    static final class Outage extends Exception {
        private static final long serialVersionUID = 1L;

        Outage(String message) {
            super(message);
        }
    }

    RegistryAnswer ask(String what, URI address) throws Outage {
        HttpResponse<byte[]> response = send(what, address);
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw refused(what, "it refuses access with HTTP status " + status);
        }
        if (status >= 300 && status < 400) {
            throw refused(what, "it redirects (HTTP status " + status + "); write the url where it leads");
        }
        if (status == 404) {
            return notFound(response.body());
        }
        if (status != 200) {
            throw new Outage("it answers with HTTP status " + status);
        }
        return schema(what, json(response.body()));
    }

    /**
     * Only the registry's own code says that something is unknown: a 404 of a proxy whose registry is away must not send
     * good records to quarantine.
     */
    private static RegistryAnswer notFound(byte[] body) throws Outage {
        try {
            if (NOT_FOUND_CODES.contains(json(body).path("error_code").asInt())) {
                return new RegistryAnswer.Unknown();
            }
        } catch (Outage ignored) {
            // What is not JSON has no code either.
        }
        throw new Outage("it answers with HTTP status 404 and no registry's error code; the url may lack a path");
    }

    private static RegistryAnswer schema(String what, JsonNode answer) throws Outage {
        JsonNode schema = answer.path("schema");
        if (!schema.isTextual()) {
            throw new Outage("it answers without a schema; the url may belong to something else");
        }
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return new RegistryAnswer.Unsupported(what + " is of type `" + type + "`, and only AVRO is read");
        }
        if (!answer.path("references").isEmpty()) {
            return new RegistryAnswer.Unsupported(
                    what + " refers to other schemas of the registry, and only a schema in one piece is read");
        }
        return new RegistryAnswer.Found(schema.textValue());
    }

    private static JsonNode json(byte[] body) throws Outage {
        try {
            JsonNode node = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException ignored) {
            // The parser's words are about characters; that it is no JSON says more.
        }
        throw new Outage("it answers with something that is not a JSON object");
    }

    private HttpResponse<byte[]> send(String what, URI address) throws Outage {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        url.authorization().ifPresent(header -> request.header("Authorization", header));
        // The request's own timeout ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Outage("it does not answer within " + answerWithin.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new Outage(reason(e.getCause()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw refused(what, "stopped while waiting for it");
        }
    }

    private OutsideException refused(String what, String why) {
        return new OutsideException("the registry at `" + url.shown() + "` can't say " + what + ": " + why);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? "its host name is not known"
                    : "there is no connection to it";
        }
        String message = cause instanceof IOException ? cause.getMessage() : null;
        return message == null ? "the request fails" : message;
    }
}
