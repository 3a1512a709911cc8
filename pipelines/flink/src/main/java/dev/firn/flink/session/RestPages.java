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

/** Flink's REST API, as in its documentation of 1.18; methods block and throw {@link ClusterAway}. */
final class RestPages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final URI address;
    private final Duration silence;
    private final HttpClient client;

    /** @param address of the JobManager, with or without a path in front of Flink's own */
    RestPages(URI address) {
        this(address, ANSWER);
    }

    /** @param silence how long a page may stall once it has begun */
    RestPages(URI address, Duration silence) {
        this.silence = silence;
        String text = address.toString();
        this.address = URI.create(text.endsWith("/") ? text : text + "/");
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Without what could be a password in it. */
    String shown() {
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
        return answer(page, HttpRequest.newBuilder(address.resolve(page)).GET());
    }

    /** The last lines of a page that may be longer than memory; empty where there is none. */
    Optional<List<String>> lastLines(String page, int most) {
        HttpResponse<InputStream> answer =
                send(HttpRequest.newBuilder(address.resolve(page)).GET(), HttpResponse.BodyHandlers.ofInputStream());
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
                        HttpRequest.newBuilder(address.resolve(page))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body.toString())))
                .map(answer -> json(page, answer))
                .orElseThrow(() -> notFlink(page));
    }

    void patch(String page) {
        answer(page, HttpRequest.newBuilder(address.resolve(page)).method("PATCH", BodyPublishers.noBody()));
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
                        HttpRequest.newBuilder(address.resolve(page))
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(BodyPublishers.ofByteArray(body.toByteArray())))
                .map(answer -> json(page, answer))
                .orElseThrow(() -> notFlink(page));
    }

    private Optional<String> answer(String page, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.statusCode() >= BAD_GATEWAY && answer.statusCode() <= GATEWAY_TIMEOUT) {
            // A proxy speaks, or a JobManager that is about to be another one: the request may be at work.
            throw ClusterAway.unanswered(answered(answer.statusCode(), page), new IOException("of a gateway"));
        }
        if (answer.statusCode() >= 300) {
            throw new ClusterAway(answered(answer.statusCode(), page) + refusal(answer.body()));
        }
        return Optional.of(answer.body());
    }

    private String answered(int code, String page) {
        return "the Flink cluster at " + shown() + " answers " + code + " to `/" + page.replaceFirst("\\?.*", "") + "`";
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.timeout(ANSWER).build(), body);
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
