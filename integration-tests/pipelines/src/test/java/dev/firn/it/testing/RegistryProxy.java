package dev.firn.it.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in front of the registry and can be shut: then it closes the connection, says 503, answers a page of HTML or cuts an
 * answer short, in turn. Counts what it was asked and what it answered.
 */
public final class RegistryProxy implements AutoCloseable {

    private static final String BY_ID = "/schemas/ids/";
    private static final Pattern SCHEMA = Pattern.compile(BY_ID + "([0-9]+)$");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI registry = URI.create(Stack.running().registryUrl());
    private final Map<Integer, Integer> answered = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger refusedById = new AtomicInteger();
    private volatile boolean shut;
    private volatile boolean schemasGone;

    public RegistryProxy() {
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
        return "http://127.0.0.1:" + server.getAddress().getPort() + registry.getPath();
    }

    public void shut() {
        shut = true;
    }

    public void open() {
        shut = false;
    }

    /** From here on no schema is told by its id; the newest of each subject is, for a plan needs it. */
    public void loseSchemas() {
        schemasGone = true;
    }

    /** How often each schema was told by its id. */
    public Map<Integer, Integer> answered() {
        return Map.copyOf(answered);
    }

    /** How often a schema, or what its versions are, was asked for by its id, and not told. */
    public int refusedById() {
        return refusedById.get();
    }

    /** How many requests came while it was shut. */
    public int refused() {
        return refused.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean byId = exchange.getRequestURI().getPath().contains(BY_ID);
            if (shut || (schemasGone && byId)) {
                refusedById.addAndGet(byId ? 1 : 0);
                refuse(exchange, refused.getAndIncrement());
            } else {
                pass(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, int times) throws IOException {
        switch (times % 4) {
            case 0 -> exchange.close();
            case 1 -> exchange.sendResponseHeaders(503, -1);
            case 2 -> answer(exchange, 200, "<html>be back soon</html>".getBytes(StandardCharsets.UTF_8));
            default -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                exchange.close();
            }
        }
    }

    private void pass(HttpExchange exchange) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(registry.resolve(asked)).build(), HttpResponse.BodyHandlers.ofByteArray());
        Matcher schema = SCHEMA.matcher(asked.getPath());
        if (schema.find() && answer.statusCode() == 200) {
            answered.merge(Integer.valueOf(schema.group(1)), 1, Integer::sum);
        }
        answer(exchange, answer.statusCode(), answer.body());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
