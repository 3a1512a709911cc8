package dev.firn.schema.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers each connection with the next of some texts, byte for byte, so that an answer may be broken in any way; the last
 * one is repeated.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What is sent, and whether the connection is left open behind it. */
    public record Reply(String bytes, Ending ending) {}

    /** What happens behind a reply. */
    public enum Ending {
        CLOSE,
        HANG
    }

    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket socket;
    private final Queue<Reply> replies;
    private final Queue<Socket> hanging = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    public ScriptedServer(List<Reply> replies) {
        this.replies = new ArrayDeque<>(replies);
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.submit(this::serve);
    }

    /** An answer over HTTP that is whole. */
    public static Reply http(int status, String headers, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return new Reply(
                "HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: " + length + "\r\n" + headers
                        + "\r\n" + body,
                Ending.CLOSE);
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed() && !replies.isEmpty()) {
            try {
                Socket connection = socket.accept();
                answer(connection, replies.size() == 1 ? replies.element() : replies.remove());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket connection, Reply reply) throws IOException {
        readRequest(connection.getInputStream());
        OutputStream out = connection.getOutputStream();
        out.write(reply.bytes().getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (reply.ending() == Ending.HANG) {
            hanging.add(connection);
        } else {
            connection.close();
        }
    }

    /** To its empty line; a hello of TLS has none, and is answered like all. */
    private static void readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != TLS_HANDSHAKE; read = in.read()) {
            request.append((char) read);
            if (request.indexOf("\r\n\r\n") >= 0) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.shutdownNow();
        for (Socket connection : hanging) {
            connection.close();
        }
    }
}
