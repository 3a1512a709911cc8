package dev.firn.cli.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.flink.session.SessionCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Answers as a JobManager of Flink 1.18 does, with the pages that a test gives it; the last answer to a page stays. */
public final class FakeFlink implements AutoCloseable {

    /** What a request was answered with. */
    private record Page(int code, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Page>> pages = new ConcurrentHashMap<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeFlink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        page("overview", "{\"flink-version\":\"1.18.1\",\"taskmanagers\":2,\"slots-total\":4,\"slots-available\":3}");
        page(
                "jobmanager/environment",
                "{\"classpath\":[\"/firn/lib/light/firn-flink-0.9.jar\",\"/x/flink-core-1.18.1.jar\"]}");
        page("jobmanager/config", "[{\"key\":\"state.checkpoints.dir\",\"value\":\"file:///flink/checkpoints\"}]");
        page("jobs/overview", "{\"jobs\":[]}");
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public SessionCluster cluster() {
        return new SessionCluster(address());
    }

    /** One more answer to a page, without its first slash and its query. */
    public FakeFlink page(String path, String body) {
        return page(path, 200, body);
    }

    public FakeFlink page(String path, int code, String body) {
        pages.computeIfAbsent(path, first -> new ArrayDeque<>()).add(new Page(code, body));
        return this;
    }

    /** The next request for a page is read and not answered: the connection breaks. */
    public FakeFlink loseOne(String path) {
        lost.add(path);
        return this;
    }

    /** The same in the place of all answers so far. */
    public FakeFlink only(String path, String body) {
        return only(path, 200, body);
    }

    public FakeFlink only(String path, int code, String body) {
        pages.remove(path);
        return page(path, code, body);
    }

    /** A job of Firn's, as far as its lists and its configuration say. */
    public FakeFlink jobs(String... nameAndState) {
        List<String> jobs = new ArrayList<>();
        for (int index = 0; index < nameAndState.length; index += 2) {
            String id = "j" + index / 2;
            jobs.add("{\"jid\":\"%s\",\"name\":\"%s\",\"state\":\"%s\",\"start-time\":%d,\"last-modification\":%d}"
                    .formatted(id, nameAndState[index], nameAndState[index + 1], 1000 - index, 2000 + index));
            page(
                    "jobs/" + id + "/config",
                    "{\"execution-config\":{\"user-config\":{\"firn.plan-hash\":\"h\",\"firn.pipeline\":\""
                            + nameAndState[index] + "\",\"firn.ledger\":\"11111111-ledger\"}}}");
        }
        return only("jobs/overview", "{\"jobs\":[" + String.join(",", jobs) + "]}");
    }

    /** The pipeline's own job, which runs. */
    public FakeFlink running(PipelineIdentity pipeline) {
        return running(pipeline, "");
    }

    /** The same with a plan, which JSON has with its quotes escaped. */
    public FakeFlink running(PipelineIdentity pipeline, String plan) {
        Map<String, String> parameters = new TreeMap<>(pipeline.parameters());
        parameters.put("firn.plan", plan.replace("\"", "\\\""));
        parameters.put("firn.plan-hash", "h");
        return jobs(pipeline.name(), "RUNNING")
                .only(
                        "jobs/j0/config",
                        "{\"execution-config\":{\"user-config\":{"
                                + parameters.entrySet().stream()
                                        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                                        .collect(Collectors.joining(","))
                                + "}}}");
    }

    /** What was asked for that changes something: its method, its path, a space, its body. */
    public List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("GET")) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        }
        if (lost.remove(path)) {
            exchange.close();
            return;
        }
        Deque<Page> answers = pages.getOrDefault(path, new ArrayDeque<>());
        Page page = answers.size() > 1 ? answers.remove() : answers.peek();
        byte[] bytes = (page == null ? "{\"errors\":[\"Not found: /" + path + "\"]}" : page.body())
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(page == null ? 404 : page.code(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
