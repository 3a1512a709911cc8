package dev.firn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Free ports of this machine; another process may take one before it is used, so users of them try again.
 *
 * @param rpc of a JobManager that is alone; others let the system choose
 * @param rest of each JobManager
 * @param zookeeper of the server that several ask who leads
 */
record Ports(int rpc, List<Integer> rest, int zookeeper) {

    Ports {
        rest = List.copyOf(rest);
    }

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

    static Ports free(int jobManagers) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<ServerSocket> held = new ArrayList<>();
        try {
            // All held at once, or the system may give out the same one twice.
            for (int index = 0; index < jobManagers + 2; index++) {
                held.add(new ServerSocket(0, 1, loopback));
            }
            List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(free.get(0), free.subList(2, free.size()), free.get(1));
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** With a port that somebody asks for, for the first JobManager. */
    Ports withRest(int port) {
        List<Integer> said = new ArrayList<>(rest);
        said.set(0, port);
        return new Ports(rpc, said, zookeeper);
    }
}
