package dev.firn.schema.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry of canned answers on a port of the system's choice. */
public final class FakeRegistry implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();

    private record Answer(int status, String body) {}

    private static final Answer NEVER = new Answer(0, "");

    public FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next answer to a path, or to a path with this very query; the last one is repeated. */
    public FakeRegistry answer(String path, int status, String body) {
        return add(path, new Answer(status, body.replace('\'', '"')));
    }

    /** What was to be answered to a path is not, from here on. */
    public synchronized FakeRegistry forget(String path) {
        answers.remove(path);
        return this;
    }

    /** From here on the path gets no answer before this registry is closed. */
    public FakeRegistry neverAnswer(String path) {
        return add(path, NEVER);
    }

    /** Path, query and authorization of everything that was asked. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized FakeRegistry add(String path, Answer answer) {
        answers.computeIfAbsent(path, any -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private synchronized Answer next(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String asked = exchange.getRequestURI().toString();
        requests.add(authorization == null ? asked : asked + " " + authorization);
        Queue<Answer> queue = answers.getOrDefault(asked, answers.getOrDefault(path, new ArrayDeque<>()));
        if (queue.isEmpty()) {
            return new Answer(404, "<html>nothing here</html>");
        }
        return queue.size() == 1 ? queue.element() : queue.remove();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer = next(exchange);
        try (exchange) {
            if (answer.equals(NEVER)) {
                closed.await();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
