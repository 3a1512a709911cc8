package dev.firn.flink.local;

import static dev.firn.flink.testing.Records.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.plan.PipelinePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the local cluster shows to the network: nothing. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "sockets are looked up in /proc")
class LocalClusterTest {

    private static final String LISTENING = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

    @TempDir
    Path folder;

    @Test
    void listensOnLoopbackOnly() throws Exception {
        PipelinePlan plan = Plans.of(FakeLake.create(), Map.of("kafka", FakeTopic.create(1)), ORDERS);
        LocalFolders folders = LocalFolders.beside(folder.resolve("pipeline.yaml"), plan.pipeline());
        try (LocalCluster cluster = LocalCluster.start(plan, folders, SystemReferences.ofThisProcess())) {
            List<String> addresses = listeningAddresses();
            assertThat(cluster.webPage().getHost()).isEqualTo("127.0.0.1");
            assertThat(addresses).isNotEmpty().isSubsetOf(LOOPBACK);
        }
    }

    /** Of this process, as the kernel writes them. */
    private static List<String> listeningAddresses() throws IOException {
        Set<String> mine = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    mine.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9
                        && columns[3].equals(LISTENING)
                        && mine.contains("socket:[" + columns[9] + "]")) {
                    addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }
}
