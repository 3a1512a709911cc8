package dev.firn.catalogs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of a REST catalog that loses requests and answers, delays them, and lies about them, as it is told:
 *
 * <pre>
 * POST /faults           lines of faults, each met once by the next request that it is meant for ({@link Fault})
 * GET  /faults           answers how many are left
 * DELETE /faults         forgets those
 * GET  /faults/paused    answers when a request waits
 * POST /faults/go        lets it go on
 * POST /faults/deliver   sends the kept requests; answers the catalog's statuses
 * POST /faults/stale     from now on tables are answered as they are when they are asked for next
 * POST /faults/fresh     ends that
 * DELETE /faults/seen    answers what came and what became of it since the last time
 * </pre>
 */
final class FaultProxy {

    private static final String CONTROL = "/faults";
    private static final String NEVER = "-";
    private static final long SILENCE_SECONDS = 20;

    private final Upstream upstream;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Request> kept = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Pause pause = new Pause();
    private final Map<String, HttpResponse<byte[]>> replica = new ConcurrentHashMap<>();
    private volatile boolean stale;

    private FaultProxy(Upstream upstream) {
        this.upstream = upstream;
    }

    public static void main(String[] arguments) throws IOException {
        // Shorter than the catalog's, so that no request goes out on a connection that is being closed.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        FaultProxy proxy = new FaultProxy(new Upstream(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", proxy::pass);
        server.createContext(CONTROL, proxy::control);
        server.start();
        Leash.hold("http://127.0.0.1:" + server.getAddress().getPort());
        System.exit(0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
        try {
            Optional<Fault> fault = take(request);
            if (fault.isPresent()) {
                meet(exchange, request, fault.get());
            } else {
                HttpResponse<byte[]> response = answer(request);
                see(request, String.valueOf(response.statusCode()), "real");
                copy(exchange, response, response.body().length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private HttpResponse<byte[]> answer(Request request) {
        return stale && request.kind().equals("load")
                ? replica.computeIfAbsent(request.path().replaceFirst("\\?.*", ""), path -> upstream.send(request))
                : upstream.send(request);
    }

    private void meet(HttpExchange exchange, Request request, Fault fault) throws IOException, InterruptedException {
        @Nullable HttpResponse<byte[]> response = null;
        switch (fault.place()) {
            case "before" -> see(request, NEVER, fault.answer());
            case "kept" -> {
                synchronized (this) {
                    kept.add(request);
                }
                see(request, NEVER, fault.answer());
            }
            case "held", "after" -> {
                if (fault.place().equals("held")) {
                    pause.here();
                }
                response = upstream.send(request);
                see(request, String.valueOf(response.statusCode()), fault.answer());
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        if (fault.pauses()) {
            pause.here();
        }
        switch (fault.answer()) {
            case "cut" -> exchange.close();
            case "silence" -> TimeUnit.SECONDS.sleep(SILENCE_SECONDS);
            case "half" -> copy(exchange, real(response), real(response).body().length / 2);
            case "real" -> copy(exchange, real(response), real(response).body().length);
            default -> {
                if (!fault.retryAfter().isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", fault.retryAfter());
                }
                text(exchange, Integer.parseInt(fault.answer()), "the proxy says " + fault.answer());
            }
        }
    }

    private static HttpResponse<byte[]> real(@Nullable HttpResponse<byte[]> response) {
        if (response == null) {
            throw new IllegalArgumentException("there is no answer of a request that never arrived");
        }
        return response;
    }

    private synchronized Optional<Fault> take(Request request) {
        Optional<Fault> next =
                faults.stream().filter(fault -> fault.meets(request)).findFirst();
        next.ifPresent(faults::remove);
        return next;
    }

    private synchronized void see(Request request, String catalog, String answer) {
        if (!request.kind().equals("other")) {
            seen.add(request.kind() + " " + request.table() + " " + catalog + " " + answer);
        }
    }

    private void control(HttpExchange exchange) throws IOException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        text(exchange, 200, done(what, body));
        exchange.close();
    }

    private String done(String what, String body) {
        switch (what) {
            case "GET /faults/paused" -> pause.awaitOne();
            case "POST /faults/go" -> pause.release();
            case "POST /faults/stale" -> stale = true;
            case "POST /faults/fresh" -> {
                stale = false;
                replica.clear();
            }
            default -> {
                return changed(what, body);
            }
        }
        return "";
    }

    private synchronized String changed(String what, String body) {
        List<String> told = new ArrayList<>();
        switch (what) {
            case "POST /faults" -> Arrays.stream(body.split("\n"))
                    .map(Fault::parse)
                    .forEach(faults::addAll);
            case "GET /faults" -> told.add(String.valueOf(faults.size()));
            case "DELETE /faults" -> faults.clear();
            case "POST /faults/deliver" -> {
                kept.forEach(request ->
                        told.add(String.valueOf(upstream.send(request).statusCode())));
                kept.clear();
            }
            case "DELETE /faults/seen" -> {
                told.addAll(seen);
                seen.clear();
            }
            default -> throw new IllegalArgumentException(what);
        }
        return String.join("\n", told);
    }

    private static void copy(HttpExchange exchange, HttpResponse<byte[]> response, int bytes) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!Upstream.isOfTheConnection(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        int length = response.body().length;
        exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(response.body(), 0, bytes);
        exchange.getResponseBody().flush();
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
