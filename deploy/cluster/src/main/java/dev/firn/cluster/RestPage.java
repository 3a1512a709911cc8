package dev.firn.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JobManager answers to everybody. */
record RestPage(URI address, HttpClient client) {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    static RestPage at(int port) {
        return new RestPage(
                URI.create("http://127.0.0.1:" + port),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
    }

    /** The TaskManagers that have registered; empty while nobody answers. */
    Optional<Set<String>> taskManagers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/taskmanagers"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(ids(answer.body())) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static Set<String> ids(String json) {
        Set<String> ids = new HashSet<>();
        Matcher id = ID.matcher(json);
        while (id.find()) {
            ids.add(id.group(1));
        }
        return ids;
    }
}
