package dev.firn.flink.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LastLinesTest {

    /** A TaskManager that hangs while it is asked for its log. */
    @Test
    @Timeout(30)
    void givesUpOnALogThatStalls() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one line\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

            assertThatExceptionOfType(ClusterAway.class)
                    .isThrownBy(() ->
                            new RestPages(List.of(address), Duration.ofMillis(200)).lastLines("jobmanager/log", 5))
                    .withMessageContaining("breaks off in `/jobmanager/log`")
                    .satisfies(away -> assertThat(away.isUnanswered()).isTrue());
        } finally {
            over.countDown();
            server.stop(0);
        }
    }
}
