package dev.firn.flink.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Flink's REST API, as in its documentation of 1.18; methods block and throw {@link ClusterAway}. */
final class RestPages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Where another may know the same. */
    private static final Duration HASTE = Duration.ofSeconds(5);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final List<URI> addresses;
    private final Duration silence;
    private final HttpClient client;

    /** Which of the addresses is asked first: that which has answered last, or the next one after one that has not. */
    private volatile int current;

    /** @param addresses of the JobManagers of one cluster, each with or without a path in front of Flink's own */
    RestPages(List<URI> addresses) {
        this(addresses, ANSWER);
    }

    /** @param silence how long a page may stall once it has begun */
    RestPages(List<URI> addresses, Duration silence) {
        this.silence = silence;
        this.addresses = addresses.stream()
                .map(URI::toString)
                .map(text -> URI.create(text.endsWith("/") ? text : text + "/"))
                .toList();
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Without what could be a password in it. */
    String shown() {
        return addresses.stream().map(RestPages::shown).collect(Collectors.joining(","));
    }

    List<URI> addresses() {
        return addresses;
    }

    /** The one that answers. */
    String answering() {
        return shown(addresses.get(current));
    }

    private static String shown(URI address) {
        String text = address.toString().replaceFirst("(?<=://)[^/@]*@", "");
        return text.substring(0, text.length() - 1);
    }

    /** A page that is there as long as the cluster is. */
    JsonNode get(String page) {
        return find(page).orElseThrow(() -> notFlink(page));
    }

    /** Empty where there is none, as of a job that is gone. */
    Optional<JsonNode> find(String page) {
        return text(page).map(body -> json(page, body));
    }

    private Optional<String> text(String page) {
        return answer(page, HttpRequest.newBuilder().GET());
    }

    /** The last lines of a page that may be longer than memory; empty where there is none. */
    Optional<List<String>> lastLines(String page, int most) {
        HttpResponse<InputStream> answer =
                send(page, HttpRequest.newBuilder().GET(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.statusCode() != OK) {
                throw new ClusterAway(answered(answer.statusCode(), page));
            }
            return Optional.of(new LastLines(most, silence).of(body));
        } catch (IOException broken) {
            throw ClusterAway.unanswered(
                    "the Flink cluster at " + shown() + " breaks off in `/" + page + "`"
                            + (broken.getMessage() == null ? "" : ": " + broken.getMessage()),
                    broken);
        }
    }

    JsonNode post(String page, JsonNode body) {
        return answer(
                        page,
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body.toString())))
                .map(answer -> json(page, answer))
                .orElseThrow(() -> notFlink(page));
    }

    void patch(String page) {
        answer(page, HttpRequest.newBuilder().method("PATCH", BodyPublishers.noBody()));
    }

    /** Posts a request with one file, as the client of Flink does. */
    JsonNode upload(String page, JsonNode request, String fileName, byte[] file) {
        String boundary = "firn-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 1024);
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"request\"\r\n"
                        + "Content-Type: application/json\r\n\r\n" + request + "\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file_0\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return answer(
                        page,
                        HttpRequest.newBuilder()
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(BodyPublishers.ofByteArray(body.toByteArray())))
                .map(answer -> json(page, answer))
                .orElseThrow(() -> notFlink(page));
    }

    private Optional<String> answer(String page, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(page, request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (isOfAGateway(answer.statusCode())) {
            // A proxy speaks, or a JobManager that is about to be another one: the request may be at work.
            throw ClusterAway.unanswered(
                    answered(answer.statusCode(), page)
                            + (addresses.size() == 1
                                    ? ""
                                    : ": no JobManager leads; is what they find each other by, the cluster's ZooKeeper, alive?"),
                    new IOException("of a gateway"));
        }
        if (answer.statusCode() >= 300) {
            throw new ClusterAway(answered(answer.statusCode(), page) + refusal(answer.body()));
        }
        return Optional.of(answer.body());
    }

    private String answered(int code, String page) {
        return "the Flink cluster at " + shown() + " answers " + code + " to `/" + page.replaceFirst("\\?.*", "") + "`";
    }

    /**
     * Asks one JobManager after the other until one answers. What changes something goes on to the next only where nobody listens: whoever is
     * silent may be at work on it, and whoever asks again asks the next.
     */
    private <T> HttpResponse<T> send(String page, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        boolean changesNothing =
                request.copy().uri(addresses.get(0)).build().method().equals("GET");
        int first = current;
        for (int tried = 0; ; tried++) {
            int index = (first + tried) % addresses.size();
            boolean isLast = tried == addresses.size() - 1;
            try {
                HttpResponse<T> answer = sendTo(
                        addresses.get(index).resolve(page), changesNothing && !isLast ? HASTE : ANSWER, request, body);
                if (!changesNothing || isLast || !isOfAGateway(answer.statusCode())) {
                    current = index;
                    return answer;
                }
            } catch (ClusterAway away) {
                current = (index + 1) % addresses.size();
                if (isLast
                        || (away.isUnanswered() && !changesNothing)
                        || Thread.currentThread().isInterrupted()) {
                    throw away;
                }
            }
        }
    }

    /** A proxy's answer, or that of a JobManager that does not know who leads. */
    private static boolean isOfAGateway(int code) {
        return code >= BAD_GATEWAY && code <= GATEWAY_TIMEOUT;
    }

    private <T> HttpResponse<T> sendTo(
            URI page, Duration patience, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.copy().uri(page).timeout(patience).build(), body);
        } catch (HttpConnectTimeoutException nowhere) {
            throw new ClusterAway("there is no Flink cluster at " + shown() + ": nobody answers there", nowhere);
        } catch (HttpTimeoutException slow) {
            throw ClusterAway.unanswered("the Flink cluster at " + shown() + " does not answer", slow);
        } catch (ConnectException closed) {
            throw new ClusterAway("there is no Flink cluster at " + shown() + ": nobody listens there", closed);
        } catch (IOException problem) {
            throw ClusterAway.unanswered(
                    "the Flink cluster at " + shown() + " does not answer"
                            + (problem.getMessage() == null ? "" : ": " + problem.getMessage()),
                    problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ClusterAway.unanswered(
                    "interrupted while the Flink cluster at " + shown() + " was asked", interrupted);
        }
    }

    /** What Flink says about a request that it refuses: sentences, and the stack trace of its own failure. */
    private static String refusal(String body) {
        try {
            for (JsonNode error : JSON.readTree(body).path("errors")) {
                RemoteFailure failure = RemoteFailure.of(error.asText());
                if (failure.isKnown()) {
                    return ": " + failure.sentence();
                }
            }
            return "";
        } catch (JsonProcessingException notFlink) {
            return "";
        }
    }

    private JsonNode json(String page, String body) {
        try {
            return JSON.readTree(body.isEmpty() ? "{}" : body);
        } catch (JsonProcessingException notJson) {
            throw notFlink(page);
        }
    }

    private ClusterAway notFlink(String page) {
        return new ClusterAway("what answers at " + shown() + " is no Flink cluster: it does not know `/"
                + page.replaceFirst("\\?.*", "") + "`");
    }
}
