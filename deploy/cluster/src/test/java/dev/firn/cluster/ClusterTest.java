package dev.firn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    private static final Path HOME = Path.of(System.getProperty("firn.home", "."));
    private static final Path PROFILE = HOME.resolve("flink-conf/cluster");
    private static final Path JVM_OPTIONS = HOME.resolve("flink-conf/jvm.options");
    private static final String LISTENING = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "sockets are looked up in /proc")
    void missesAKilledTaskManagerTakesAnotherAndLeavesNoProcess() throws Exception {
        List<ProcessHandle> processes;
        try (Cluster cluster = Cluster.start(settings(PROFILE))) {
            TaskManager first = cluster.taskManagers().get(0);
            TaskManager second = cluster.taskManagers().get(1);
            assertThat(listeningAddresses()).isNotEmpty().isSubsetOf(LOOPBACK);

            first.kill();

            assertThat(first.isAlive()).isFalse();
            assertThat(cluster.taskManagers()).containsExactly(second);
            awaitRegistered(cluster, Set.of("tm-2"));
            TaskManager third = cluster.startTaskManager();
            assertThat(third.id()).isEqualTo("tm-3");
            awaitRegistered(cluster, Set.of("tm-2", "tm-3"));
            assertThat(third.log()).isNotEmptyFile();
            processes = ProcessHandle.current().children().toList();
        }
        assertThat(processes).hasSizeGreaterThanOrEqualTo(3).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void endsWithTheProcessThatStartedItEvenIfThatIsKilled() throws Exception {
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterCommand.class.getName(),
                        "--folder",
                        folder.toString(),
                        "--profile",
                        PROFILE.toString(),
                        "--jvm-options",
                        JVM_OPTIONS.toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "--task-managers",
                        "1")
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            BufferedReader out = command.inputReader();
            assertThat(out.readLine())
                    .as(Files.readString(folder.resolve("err")))
                    .startsWith("tm-1  pid ");
            assertThat(out.readLine()).startsWith("ready  http://127.0.0.1:");
            List<ProcessHandle> processes = command.descendants().toList();
            assertThat(processes).hasSize(2);

            command.destroyForcibly();

            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(20, TimeUnit.SECONDS);
        } finally {
            command.destroyForcibly();
        }
    }

    @Test
    void saysWhatAProcessSaidThatDidNotStart() throws Exception {
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Files.copy(PROFILE.resolve("log4j.properties"), profile.resolve("log4j.properties"));
        List<String> lines = new ArrayList<>(Files.readAllLines(PROFILE.resolve("flink-conf.yaml")));
        lines.add("heartbeat.timeout: soon");
        Files.write(profile.resolve("flink-conf.yaml"), lines);

        assertThatThrownBy(() -> Cluster.start(settings(profile)).close())
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("ended with status")
                .hasMessageContaining("soon");
    }

    @Test
    void refusesASizeThatItCannotAddUp() throws Exception {
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Files.writeString(profile.resolve("flink-conf.yaml"), "jobmanager.memory.heap.size: 1g\n");
        Files.createFile(profile.resolve("log4j.properties"));

        assertThatThrownBy(() -> Cluster.start(settings(profile)).close())
                .hasMessage("`flink-conf.yaml` has `1g` for `jobmanager.memory.heap.size`;"
                        + " a size is written like `64m` there");
    }

    @Test
    void tellsHowTheCommandIsUsed() {
        assertThatThrownBy(() -> ClusterCommand.settings("--folder", "x"))
                .hasMessage("usage: ClusterCommand --folder FOLDER --profile FOLDER --jvm-options FILE"
                        + " --class-path PATH --task-managers NUMBER");
    }

    private ClusterSettings settings(Path profile) {
        return new ClusterSettings(folder, profile, JVM_OPTIONS, System.getProperty("java.class.path"), 2);
    }

    private static void awaitRegistered(Cluster cluster, Set<String> ids) {
        RestPage page = RestPage.at(cluster.restAddress().getPort());
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(page.taskManagers())
                .isEqualTo(Optional.of(ids)));
    }

    /** Of the processes that this one started, as the kernel writes them. */
    private static List<String> listeningAddresses() throws IOException {
        Set<String> sockets = new HashSet<>();
        for (ProcessHandle process : ProcessHandle.current().children().toList()) {
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
                for (Path descriptor : descriptors.filter(Files::isSymbolicLink).toList()) {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9
                        && columns[3].equals(LISTENING)
                        && sockets.contains("socket:[" + columns[9] + "]")) {
                    addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }
}
