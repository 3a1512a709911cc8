package dev.firn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Two free ports of this machine; another process may take one before it is used, so users of them try again. */
record Ports(int rpc, int rest) {

    /** @throws ClusterException if it can't be had */
    static void requireFree(int port) {
        whyNot(port).ifPresent(why -> {
            throw new ClusterException(why);
        });
    }

    /** Why nobody can listen at it now: another does, or this user must not; empty where one can. */
    static Optional<String> whyNot(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.empty();
        } catch (IOException problem) {
            return Optional.of(
                    "port " + port + " of 127.0.0.1 can't be had (" + problem.getMessage() + "): say another `--port`");
        }
    }

    static Ports free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        // Both held at once, or the system may give out the same one twice.
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return new Ports(one.getLocalPort(), other.getLocalPort());
        }
    }
}
