package dev.firn.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.spi.source.OutsideException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to whichever server of a registry answers, and what the answer means. Everything that no registry would say
 * is an {@link Outage}: a page of a proxy that sends elsewhere or asks for a password may be gone a moment later.
 */
final class RegistryConnection {

    /** What a registry is asked to answer in; as Confluent's client does. */
    static final String ACCEPTED =
            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json";

    /** Confluent's codes for a subject, a version, a schema that is not there. */
    private static final Set<Integer> NOT_FOUND_CODES = Set.of(40401, 40402, 40403);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Null where nobody is asked. */
    private final @Nullable HttpClient client;

    private final RegistryServers servers;
    private final Duration answerWithin;

    /** The server that knew something last, which is asked first. */
    private int preferred;

    RegistryConnection(RegistryServers servers, Duration answerWithin) {
        this.servers = servers;
        this.answerWithin = answerWithin;
        HttpClient.Builder builder = HttpClient.newBuilder()
                // An upgrade to HTTP/2 is offered on a plain connection otherwise, which not every proxy survives.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(answerWithin);
        servers.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    private RegistryConnection() {
        this.servers = new RegistryServers(List.of(), Optional.empty());
        this.answerWithin = Duration.ZERO;
        this.client = null;
    }

    /** To a registry that has nothing; nobody is asked. */
    static RegistryConnection toNobody() {
        return new RegistryConnection();
    }

    /** The registry does not answer, or not as one: waiting may mend it. */
    static final class Outage extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> askAgainIn;

        Outage(String message) {
            this(message, Optional.empty());
        }

        Outage(String message, Optional<Duration> askAgainIn) {
            super(message);
            this.askAgainIn = askAgainIn;
        }

        /** What the registry itself asks for, by {@code Retry-After}. */
        Optional<Duration> askAgainIn() {
            return askAgainIn;
        }
    }

    /** For the start of a sentence. */
    String origin() {
        return servers.origin();
    }

    String named() {
        return servers.named();
    }

    /**
     * The answer to a question; empty where every server that answers says that there is no such thing: one of them may be
     * behind the others.
     *
     * @throws OutsideException if the thread is interrupted
     */
    Optional<JsonNode> ask(RegistryQuestion question) throws Outage {
        if (client == null) {
            return Optional.empty();
        }
        List<RegistryUrl> urls = servers.urls();
        List<Outage> outages = new ArrayList<>();
        boolean denied = false;
        for (int tried = 0; tried < urls.size(); tried++) {
            int server = (preferred + tried) % urls.size();
            try {
                Optional<JsonNode> answer = ask(question, urls.get(server));
                if (answer.isPresent()) {
                    preferred = server;
                    return answer;
                }
                denied = true;
            } catch (Outage outage) {
                outages.add(urls.size() == 1 ? outage : of(urls.get(server), outage));
            }
        }
        if (denied) {
            return Optional.empty();
        }
        throw outages.size() == 1 ? outages.get(0) : together(outages);
    }

    private static Outage of(RegistryUrl url, Outage outage) {
        return new Outage("`" + url.shown() + "`: " + outage.getMessage(), outage.askAgainIn());
    }

    private static Outage together(List<Outage> outages) {
        String message = String.join(
                "; ",
                outages.stream()
                        .map(outage -> String.valueOf(outage.getMessage()))
                        .toList());
        // Who is asked too early is only one of them.
        return new Outage(
                message,
                outages.stream().flatMap(outage -> outage.askAgainIn().stream()).min(Duration::compareTo));
    }

    private Optional<JsonNode> ask(RegistryQuestion question, RegistryUrl url) throws Outage {
        HttpResponse<byte[]> response = send(question, url);
        int status = response.statusCode();
        if (status == 200) {
            return Optional.of(question.understood(json(response.body())));
        }
        if (status == 404) {
            return notFound(response.body());
        }
        throw new Outage(saying(status), RetryAfter.of(response.headers()));
    }

    private static String saying(int status) {
        if (status == 401 || status == 403) {
            return "it refuses access with HTTP status " + status;
        }
        return status >= 300 && status < 400
                ? "it redirects (HTTP status " + status + "); write the url where it leads"
                : "it answers with HTTP status " + status;
    }

    /**
     * Only the registry's own code says that something is unknown: a 404 of a proxy whose registry is away must not send
     * good records to quarantine.
     */
    private static Optional<JsonNode> notFound(byte[] body) throws Outage {
        try {
            if (NOT_FOUND_CODES.contains(json(body).path("error_code").asInt())) {
                return Optional.empty();
            }
        } catch (Outage ignored) {
            // What is not JSON has no code either.
        }
        throw new Outage("it answers with HTTP status 404 and no registry's error code; the url may lack a path");
    }

    private static JsonNode json(byte[] body) throws Outage {
        try {
            JsonNode node = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (node.isContainerNode()) {
                return node;
            }
        } catch (JsonProcessingException ignored) {
            // The parser's words are about characters; that it is no JSON says more.
        }
        throw new Outage("it answers with something that is not JSON");
    }

    private HttpResponse<byte[]> send(RegistryQuestion question, RegistryUrl url) throws Outage {
        HttpRequest.Builder request = HttpRequest.newBuilder(question.at(url)).header("Accept", ACCEPTED);
        url.authorization().ifPresent(header -> request.header("Authorization", header));
        // The request's own timeout ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> answer =
                Objects.requireNonNull(client).sendAsync(request.build(), ignored -> new BoundedBody());
        try {
            return answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Outage("it does not answer within " + answerWithin.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new Outage(ConnectionTrouble.inWords(e.getCause(), url));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutsideException(named() + " can't say " + question.what() + ": stopped while waiting for it");
        }
    }
}
