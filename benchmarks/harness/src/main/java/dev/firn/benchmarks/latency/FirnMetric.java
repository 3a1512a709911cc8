package dev.firn.benchmarks.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Firn itself says of a table's latency, asked over Flink's REST interface. */
final class FirnMetric {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PAGE = Pattern.compile("the job's page is (http://[0-9.:]+)");

    /** Flink gathers metrics anew when somebody asks, at most this often, and answers with those that it has. */
    private static final long GATHERING_MILLIS = 2_500;

    private static final int ATTEMPTS = 12;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI page;
    private final String table;

    private FirnMetric(URI page, String table) {
        this.page = page;
        this.table = table;
    }

    /** @param log where {@code firn run} says the address of Flink's page */
    static FirnMetric in(Path log, String table) throws IOException {
        Matcher said = PAGE.matcher(Files.readString(log));
        if (!said.find()) {
            throw new IOException("`firn run` has not said where Flink's page is: " + log);
        }
        return new FirnMetric(URI.create(said.group(1)), table);
    }

    /** Of the table's rows of the last minute. */
    Percentiles ask() throws IOException, InterruptedException {
        int left = ATTEMPTS;
        while (read().max() < 0 && left-- > 0) {
            Thread.sleep(GATHERING_MILLIS);
        }
        // What is there may be old; this has it gathered anew.
        Thread.sleep(GATHERING_MILLIS);
        read();
        Thread.sleep(GATHERING_MILLIS);
        return read();
    }

    private Percentiles read() throws IOException, InterruptedException {
        return new Percentiles(-1, figure("P50"), figure("P90"), figure("P99"), figure("Max"));
    }

    private long figure(String name) throws IOException, InterruptedException {
        // Over this interface Flink has no dots in the name of a group.
        String end = ".table." + table.replace('.', '_') + ".eventToVisible" + name + "Millis";
        for (JsonNode job : get("/jobs").path("jobs")) {
            String root = "/jobs/" + job.path("id").asText();
            for (JsonNode vertex : get(root).path("vertices")) {
                String metrics = root + "/vertices/" + vertex.path("id").asText() + "/metrics";
                for (JsonNode metric : get(metrics)) {
                    String id = metric.path("id").asText();
                    if (id.endsWith(end)) {
                        return get(metrics + "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                                .path(0)
                                .path("value")
                                .asLong(-1);
                    }
                }
            }
        }
        return -1;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(HttpRequest.newBuilder(page.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
