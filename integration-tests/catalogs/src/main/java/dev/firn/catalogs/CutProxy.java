package dev.firn.catalogs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of a Postgres that cuts a connection when a statement comes by, before the server gets it or when the
 * server has answered:
 *
 * <pre>
 * POST   /cuts         lines such as {@code before UPDATE iceberg_tables}, {@code after ...}, {@code pause ...}: as after, but
 *                      waits in between; each is met once
 * GET    /cuts         answers how many are left
 * GET    /cuts/paused  answers when a connection waits
 * POST   /cuts/go      lets it be cut
 * </pre>
 */
final class CutProxy {

    private final InetSocketAddress server;
    private final Deque<String> cuts = new ArrayDeque<>();
    private final Pause pause = new Pause();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private CutProxy(InetSocketAddress server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        String[] server = arguments[1].split(":");
        CutProxy proxy = new CutProxy(new InetSocketAddress(server[0], Integer.parseInt(server[1])));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket clients = new ServerSocket(0, 50, loopback)) {
            HttpServer control = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            control.setExecutor(proxy.threads);
            control.createContext("/cuts", proxy::control);
            control.start();
            proxy.threads.execute(() -> proxy.accept(clients));
            Leash.hold("127.0.0.1:" + clients.getLocalPort() + " http://127.0.0.1:"
                    + control.getAddress().getPort());
            System.exit(0);
        }
    }

    private void accept(ServerSocket clients) {
        while (!clients.isClosed()) {
            try {
                Wire wire = new Wire(clients.accept(), new Socket(server.getAddress(), server.getPort()), pause);
                threads.execute(() -> wire.toServer(this::next));
                threads.execute(wire::toClient);
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    /** The cut that is meant for these bytes; empty if there is none. */
    private synchronized String next(String bytes) {
        String next = cuts.peek();
        if (next == null || !bytes.contains(next.substring(next.indexOf(' ') + 1))) {
            return "";
        }
        cuts.remove();
        return next.substring(0, next.indexOf(' '));
    }

    private void control(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String told = "";
        switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /cuts/paused" -> pause.awaitOne();
            case "POST /cuts/go" -> pause.release();
            case "POST /cuts" -> {
                synchronized (this) {
                    cuts.addAll(Arrays.asList(body.split("\n")));
                }
            }
            default -> {
                synchronized (this) {
                    told = String.valueOf(cuts.size());
                }
            }
        }
        byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
