package dev.firn.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServiceTest {

    @TempDir
    Path directory;

    @Test
    void movesABrokerWhosePortWasTaken() throws Exception {
        movesWhenThePortWasTaken(new BrokerService(Home.located(), directory.resolve("broker")));
    }

    @Test
    void movesARegistryWhosePortWasTaken() throws Exception {
        movesWhenThePortWasTaken(new RegistryService(Home.located()));
    }

    @Test
    void showsTheLogOfAServiceThatEndsTooEarly() {
        Service broken = new SentFirstTo(new RegistryService(Home.located()), 70_000, new ArrayList<>());

        assertThatThrownBy(() -> RunningService.start(broken, directory.resolve("log")))
                .isInstanceOf(DevstackException.class)
                .hasMessageStartingWith("the registry ended with status ")
                .hasMessageContaining("port");
    }

    private void movesWhenThePortWasTaken(Service service) throws Exception {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service late = new SentFirstTo(service, taken.getLocalPort(), ports);

            try (RunningService running = RunningService.start(late, directory.resolve("log"))) {
                assertThat(ports).hasSize(2).startsWith(taken.getLocalPort());
                assertThat(running.ready().address()).contains(":" + ports.get(1));
            }
        }
    }

    /** A service that is started on the given port before it is started on the one it should be. */
    private record SentFirstTo(Service service, int first, List<Integer> ports) implements Service {

        @Override
        public String name() {
            return service.name();
        }

        @Override
        public String description() {
            return service.description();
        }

        @Override
        public String address(int port) {
            return service.address(port);
        }

        @Override
        public List<String> command(int port) throws IOException {
            ports.add(ports.isEmpty() ? first : port);
            return service.command(ports.get(ports.size() - 1));
        }

        @Override
        public boolean answers(int port) {
            return service.answers(port);
        }
    }
}
