package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.plan.against.StoredPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Canaries in every place of a pipeline file that takes a secret, and then a search through all that a run says, writes and
 * answers: they are nowhere but in the process that uses them and in the file that they came from.
 */
@Tag("heavy")
class SecretsIT {

    private static final String CANARY = "canary-4711";
    private static final List<String> SECRETS = List.of("jaas", "registry", "flink", "catalog", "truststore");
    private static final Pattern WEB_PAGE = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema ORDER =
            SchemaBuilder.record("Order").fields().requiredLong("id").endRecord();

    /** What was found, by where it was. */
    private final Map<String, String> searched = new TreeMap<>();

    @Test
    void noSecretLeavesTheProcessThatUsesIt() throws Exception {
        String topic = Stack.unique("kept");
        Stack.running().createTopic(topic, 2);
        Pipeline pipeline = Pipeline.of(Stack.unique("secrets"), List.of(topic), "");
        Path folder = pipeline.file().resolveSibling(".");
        Path secrets = Files.createTempDirectory(Stack.folder(), "run-secrets");
        for (String secret : SECRETS) {
            Files.writeString(secrets.resolve(secret), CANARY + secret);
        }
        Pipeline plain = new Pipeline(
                pipeline.name(), Files.copy(pipeline.file(), secrets.resolve("plain.yaml")), pipeline.lakeFolder());
        withSecrets(pipeline);
        Map<String, String> environment = new TreeMap<>(pipeline.environment());
        environment.put("FIRN_SECRETS", secrets.toAbsolutePath().toString());
        long beforeTheFirst = System.currentTimeMillis();
        try (Records records = new Records()) {
            for (long id = 0; id < 100; id++) {
                records.send(
                        topic,
                        (int) id % 2,
                        records.framed(
                                topic,
                                new GenericRecordBuilder(ORDER).set("id", id).build()));
            }
        }
        long behindTheLast = System.currentTimeMillis();
        for (List<String> verb : List.of(
                List.of("plan", "--verbose"),
                List.of("plan", "--format", "json"),
                List.of("plan", "--offline"),
                List.of("lint", "--format", "json"))) {
            answered(
                    environment,
                    Stream.concat(verb.stream(), Stream.of(pipeline.file().toString()))
                            .toArray(String[]::new));
        }

        long start = System.currentTimeMillis();
        try (Firn.Started run = Firn.start(environment, "run", pipeline.file().toString())) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> rows(plain, topic) == 100 || !run.process().isAlive());
            long visible = System.currentTimeMillis();
            searched.put(
                    "command line",
                    Files.readString(Path.of("/proc/" + run.process().pid() + "/cmdline")));
            Matcher page = WEB_PAGE.matcher(run.said());
            assertThat(page.find()).as(run.said()).isTrue();
            askFlink(URI.create(page.group()));
            saysHowLongRowsTookToBecomeVisible(
                    URI.create(page.group()),
                    plain.table(topic).full(),
                    start - behindTheLast,
                    visible - beforeTheFirst);
            run.interrupt();
            Firn.Answer answer = run.answer();
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(130);
            searched.put("screen", answer.out() + answer.err());
        }
        readFolder(folder);

        assertThat(searched.keySet())
                .anyMatch(place -> place.contains("/jobmanager/config"))
                .anyMatch(place -> place.contains("/exceptions"))
                .anyMatch(place -> place.contains("/metrics?get="))
                .anyMatch(place -> place.contains("savepoint"))
                .anyMatch(place -> place.endsWith(".log"))
                .anyMatch(place -> place.endsWith("metadata.json"));
        assertThat(places("${secret:registry}")).as("the references are there").isNotEmpty();
        assertThat(places(CANARY)).isEmpty();
        theRunningPlanCanBeFoundAgain();
    }

    /** @param least what no row can have become visible within; all of them were sent before the run was started */
    private void saysHowLongRowsTookToBecomeVisible(URI flink, String table, long least, long most) {
        for (String figure : List.of("P50", "P90", "P99", "Max")) {
            // Over this interface Flink has no dots in the name of a group.
            String name = "table." + table.replace('.', '_') + ".eventToVisible" + figure + "Millis";
            String place = searched.keySet().stream()
                    .filter(path -> path.endsWith(encoded(name)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no metric " + name));
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            ask(flink, place).path(0).path("value").asDouble())
                    .isBetween(least * 0.95, most * 1.05));
        }
    }

    /** It goes along with the job, with references where secrets are, and its hash stands in each snapshot. */
    private void theRunningPlanCanBeFoundAgain() throws Exception {
        JsonNode carried = JSON.readTree(searched.entrySet().stream()
                        .filter(entry -> entry.getKey().matches("/jobs/[0-9a-f]+/config"))
                        .findFirst()
                        .orElseThrow()
                        .getValue())
                .path("execution-config")
                .path("user-config");
        String plan = carried.path("firn.plan").asText();
        assertThat(plan).contains("${secret:registry}");
        assertThat(StoredPlan.read(plan).pipeline()).isNotEmpty();
        String hash = carried.path("firn.plan-hash").asText();
        assertThat(hash).hasSize(16);
        assertThat(places("\"firn.plan\" : \"" + hash + "\"")).anyMatch(place -> place.endsWith("metadata.json"));
    }

    /** What can't be reached is told with what it was reached by. */
    @Test
    void noSecretIsInAComplaint() throws Exception {
        Path secrets = Files.createTempDirectory(Stack.folder(), "plan-secrets");
        Files.writeString(secrets.resolve("registry"), CANARY);
        for (String sink : List.of(
                "{type: jdbc, uri: \"jdbc:postgresql://127.0.0.1:1/lake?user=me&password=${secret:registry}\", warehouse: \"file:/x\"}",
                "{type: jdbc, uri: \"jdbc:postgresql://127.0.0.1:1/lake\", jdbc.password: \"${secret:registry}\", jdbc.user: me, warehouse: \"file:/x\"}",
                "{type: rest, uri: \"http://me:${secret:registry}@127.0.0.1:1/\"}",
                "{type: rest, uri: \"http://127.0.0.1:1/\", token: \"${secret:registry}\"}",
                "{type: rest, uri: \"http://127.0.0.1:1/\", credential: \"me:${secret:registry}\"}")) {
            Pipeline pipeline = Pipeline.withCatalog(Stack.unique("unreachable"), List.of("nothing"), sink);
            String text = Files.readString(pipeline.file());
            Files.writeString(
                    pipeline.file(),
                    text.replace("\"${env:REGISTRY}\"", "\"http://me:${secret:registry}@127.0.0.1:1\"")
                            .replace(
                                    "properties: {bootstrap.servers: \"${env:KAFKA}\"}",
                                    "properties: {bootstrap.servers: \"127.0.0.1:1\", security.protocol: SASL_SSL,"
                                            + " sasl.mechanism: PLAIN, default.api.timeout.ms: 1000, request.timeout.ms: 900,"
                                            + " sasl.jaas.config: \"broken ${secret:registry}\"}"));
            answered(
                    Map.of("FIRN_SECRETS", secrets.toAbsolutePath().toString()),
                    "plan",
                    pipeline.file().toString());
        }

        assertThat(searched).hasSize(5).allSatisfy((place, said) -> assertThat(said)
                .contains("error["));
        assertThat(places(CANARY)).isEmpty();
    }

    private static void withSecrets(Pipeline pipeline) throws IOException {
        String text = Files.readString(pipeline.file());
        Files.writeString(
                pipeline.file(),
                text.replace("parallelism: 2}", "parallelism: 2, flink: {s3.secret-key: \"${secret:flink}\"}}")
                        .replace(
                                "{url: \"${env:REGISTRY}\"}",
                                "{url: \"${env:REGISTRY}\", username: me, password: \"${secret:registry}\"}")
                        .replace(
                                "{bootstrap.servers: \"${env:KAFKA}\"}",
                                "{bootstrap.servers: \"${env:KAFKA}\", ssl.truststore.password: \"${secret:truststore}\","
                                        + " sasl.jaas.config: \"org.apache.kafka.common.security.plain.PlainLoginModule required"
                                        + " username=me password='${secret:jaas}';\"}")
                        .replace("{type: hadoop,", "{type: hadoop, credential: \"me:${secret:catalog}\","));
    }

    private void answered(Map<String, String> environment, String... arguments) {
        Firn.Answer answer = Firn.runAlone(environment, arguments);
        searched.put(String.join(" ", arguments), answer.out() + answer.err());
    }

    private static long rows(Pipeline pipeline, String topic) {
        try {
            return pipeline.rows(pipeline.table(topic), "id").size();
        } catch (RuntimeException notYet) {
            return -1;
        }
    }

    private List<String> places(String text) {
        return searched.entrySet().stream()
                .filter(entry -> entry.getValue().contains(text))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Everything that Flink's REST interface says of itself, of the job and of what it counts. */
    private void askFlink(URI flink) throws IOException, InterruptedException {
        for (String path : List.of(
                "config",
                "overview",
                "jobs/overview",
                "jobmanager/config",
                "jobmanager/environment",
                "jobmanager/metrics",
                "jobmanager/log",
                "jobmanager/stdout",
                "taskmanagers")) {
            ask(flink, "/" + path);
        }
        for (String metric : names(ask(flink, "/jobmanager/metrics"), "id")) {
            ask(flink, "/jobmanager/metrics?get=" + encoded(metric));
        }
        for (String job : names(ask(flink, "/jobs"), "id")) {
            String root = "/jobs/" + job;
            for (String part : List.of(
                    "",
                    "/config",
                    "/plan",
                    "/exceptions",
                    "/checkpoints",
                    "/checkpoints/config",
                    "/accumulators",
                    "/metrics",
                    "/jobmanager/config")) {
                ask(flink, root + part);
            }
            for (JsonNode vertex : ask(flink, root).path("vertices")) {
                String task = root + "/vertices/" + vertex.path("id").asText();
                ask(flink, task);
                for (String metric : names(ask(flink, task + "/metrics"), "id")) {
                    ask(flink, task + "/metrics?get=" + encoded(metric));
                }
            }
        }
        for (JsonNode manager : ask(flink, "/taskmanagers").path("taskmanagers")) {
            String root = "/taskmanagers/" + manager.path("id").asText();
            for (String part : List.of("", "/metrics", "/log", "/stdout", "/thread-dump")) {
                ask(flink, root + part);
            }
        }
    }

    private static String encoded(String metric) {
        return URLEncoder.encode(metric, StandardCharsets.UTF_8);
    }

    private static List<String> names(JsonNode answer, String name) {
        List<String> names = new ArrayList<>();
        (answer.isArray() ? answer : answer.path("jobs"))
                .forEach(item -> names.add(item.path(name).asText()));
        return names;
    }

    private JsonNode ask(URI flink, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(flink.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        searched.put(path, answer.body());
        try {
            return JSON.readTree(answer.body());
        } catch (IOException text) {
            return JSON.nullNode();
        }
    }

    /** State, savepoints, logs, tables, the ledger. */
    private void readFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> searched.put(file.toString(), bytes(file)));
        }
    }

    private static String bytes(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
            try (InputStream in =
                    gzip ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : new ByteArrayInputStream(bytes)) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
