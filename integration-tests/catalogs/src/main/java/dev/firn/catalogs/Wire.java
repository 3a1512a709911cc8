package dev.firn.catalogs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** One connection through a proxy, as a pair of them. */
final class Wire {

    /** How Postgres ends an answer when it is idle again: all that was asked for is committed. */
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

    private static final int CHUNK = 1 << 16;

    private final Socket client;
    private final Socket server;
    private final Pause pause;
    private volatile String cut = "";

    Wire(Socket client, Socket server, Pause pause) {
        this.client = client;
        this.server = server;
        this.pause = pause;
    }

    /** @param cuts what is to happen when these bytes come by: {@code before}, {@code after}, {@code pause}, or nothing */
    void toServer(UnaryOperator<String> cuts) {
        byte[] chunk = new byte[CHUNK];
        try (client;
                server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                cut = cuts.apply(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
                if (cut.equals("before")) {
                    return;
                }
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // One of the two has closed it, which is all that can happen to a wire.
        }
    }

    void toClient() {
        byte[] chunk = new byte[CHUNK];
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (cut.isEmpty()) {
                    out.write(chunk, 0, length);
                } else if (isReady(chunk, length)) {
                    if (cut.equals("pause")) {
                        pause.here();
                    }
                    return;
                }
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private static boolean isReady(byte[] chunk, int length) {
        return length >= READY.length && Arrays.equals(chunk, length - READY.length, length, READY, 0, READY.length);
    }
}
