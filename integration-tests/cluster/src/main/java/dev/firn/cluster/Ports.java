package dev.firn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Two free ports of this machine; another process may take one before it is used, so users of them try again. */
record Ports(int rpc, int rest) {

    static Ports free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        // Both held at once, or the system may give out the same one twice.
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return new Ports(one.getLocalPort(), other.getLocalPort());
        }
    }
}
