package dev.firn.cli.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A registry with subjects and versions, on a port of the system's choice. */
public final class Registry implements AutoCloseable {

    /** Of each subject, where those of the first alone are asked for by their ids. */
    private static final int FIRST_ID = 100;

    private final HttpServer server;
    private final Map<String, List<String>> subjects = new TreeMap<>();
    private volatile String authorization = "";
    private volatile String level = "";

    public Registry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The subject's next version. */
    public synchronized void register(String subject, String schema) {
        subjects.computeIfAbsent(subject, first -> new ArrayList<>()).add(schema);
    }

    /** What it asks of the next versions of all subjects, in its own word; it says nothing of it else. */
    public void level(String word) {
        level = word;
    }

    /** Answers nobody from now on who does not send it. */
    public void require(String header) {
        authorization = header;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!authorization.isEmpty()
                    && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String answer = answer(exchange.getRequestURI().getPath().split("/"));
            byte[] body = (answer.isEmpty() ? "{\"error_code\": 40401}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Empty where there is no such thing. */
    private synchronized String answer(String[] path) {
        if (path[1].equals("config")) {
            return level.isEmpty() ? "" : "{\"compatibilityLevel\": \"" + level + "\"}";
        }
        if (path[1].equals("schemas")) {
            int version = Integer.parseInt(path[3]) - FIRST_ID;
            return subjects.keySet().stream()
                    .findFirst()
                    .filter(subject ->
                            !version(subject, Integer.toString(version)).isEmpty())
                    .map(subject -> path.length == 4
                            ? version(subject, Integer.toString(version))
                            : "[{\"subject\": \"" + subject + "\", \"version\": " + version + "}]")
                    .orElse("");
        }
        return path.length == 2 ? names() : path.length == 5 ? version(path[2], path[4]) : versions(path[2]);
    }

    private synchronized String names() {
        return subjects.keySet().stream()
                .map(name -> "\"" + name + "\"")
                .toList()
                .toString();
    }

    /** Empty where there is no such subject. */
    private synchronized String versions(String subject) {
        int versions = subjects.getOrDefault(subject, List.of()).size();
        return versions == 0
                ? ""
                : IntStream.rangeClosed(1, versions).boxed().toList().toString();
    }

    /** Empty where there is none. */
    private synchronized String version(String subject, String said) {
        List<String> versions = subjects.getOrDefault(subject, List.of());
        int version = said.equals("latest") ? versions.size() : Integer.parseInt(said);
        if (version < 1 || version > versions.size()) {
            return "";
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", subject)
                .put("version", version)
                .put("id", FIRST_ID + version)
                .put("schema", versions.get(version - 1))
                .toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
