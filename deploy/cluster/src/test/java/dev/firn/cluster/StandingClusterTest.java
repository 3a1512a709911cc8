package dev.firn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingClusterTest {

    private static final Path CONF =
            Path.of(System.getProperty("firn.home", ".")).resolve("flink-conf");

    @TempDir
    Path folder;

    /** What a command answered. */
    private record Answer(int code, String out, String err) {}

    @BeforeAll
    static void sayWhatTheLauncherSays() {
        System.setProperty("firn.conf", CONF.toString());
        System.setProperty("firn.cluster.class-path", System.getProperty("java.class.path"));
    }

    @Test
    void standsUntilItIsStoppedAndIsStartedOnce() throws Exception {
        Answer started = start("--folder", folder.toString(), "--task-managers", "1", "--slots", "3");
        List<ProcessHandle> processes = ProcessHandle.current().children().toList();
        try {
            assertThat(started.code()).as(started.err()).isZero();
            assertThat(started.out())
                    .containsPattern("jobmanager  pid \\d+ +http://127\\.0\\.0\\.1:\\d+\n")
                    .containsPattern("tm-1        pid \\d+ +3 slots, log " + folder + "/log/tm-1\\.log\n")
                    .endsWith("FILE\n       cluster/stop --folder " + folder + "\n");
            Answer again = start("--folder", folder.toString());
            assertThat(again)
                    .isEqualTo(new Answer(
                            2,
                            "",
                            "cluster/start: a cluster runs already in `" + folder
                                    + "`: its process `jobmanager` is alive."
                                    + " Stop it with cluster/stop, or say another `--folder`\n"));
            assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);
        } finally {
            Answer stopped = stop("--folder", folder.toString());
            assertThat(stopped)
                    .isEqualTo(new Answer(
                            0,
                            "ended jobmanager, tm-1 in " + folder + "; logs, checkpoints and savepoints stay there\n",
                            ""));
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(stop("--folder", folder.toString()))
                .isEqualTo(new Answer(2, "", "cluster/stop: no cluster was started in `" + folder + "`\n"));
    }

    @Test
    void letsOnlyOneStartAtATimeInAFolder() throws Exception {
        try (FileChannel other = FileChannel.open(
                        folder.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(start("--folder", folder.toString()))
                    .isEqualTo(
                            new Answer(2, "", "cluster/start: another cluster/start is at work in `" + folder + "`\n"));
        }
    }

    /** The next build takes them away while the cluster stands. */
    @Test
    void keepsTheJarsOfABuild() throws Exception {
        Path light = Files.createDirectories(folder.resolve("build/light"));
        Files.writeString(light.resolve("one.jar"), "first");
        ClusterSettings settings =
                new ClusterSettings(folder.resolve("cluster"), CONF, CONF, light + "/*:/else.jar", 1);
        System.setProperty(JarCopy.PROPERTY, "true");
        try {
            ClusterSettings kept = JarCopy.of(settings);
            Files.delete(light.resolve("one.jar"));
            Files.writeString(light.resolve("one.jar"), "second");

            Path lib = folder.resolve("cluster/lib/light");
            assertThat(kept.classPath()).isEqualTo(lib + "/*:/else.jar");
            assertThat(lib.resolve("one.jar")).hasContent("first");
            JarCopy.of(settings);
            assertThat(lib.resolve("one.jar")).hasContent("second");
        } finally {
            System.clearProperty(JarCopy.PROPERTY);
        }
        assertThat(JarCopy.of(settings)).isEqualTo(settings);
    }

    @Test
    void refusesAPortThatSomebodyHas() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(start("--folder", folder.toString(), "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(new Answer(
                            2,
                            "",
                            "cluster/start: port " + taken.getLocalPort()
                                    + " of 127.0.0.1 can't be had (Address already in use): say another `--port`\n"));
        }
        assertThat(folder.resolve("log")).doesNotExist();
    }

    /** An id that was taken down may be anybody's by now. */
    @Test
    void endsNoProcessThatItHasNotStarted() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Path files = Files.createDirectories(folder.resolve("processes"));
            Files.writeString(files.resolve("tm-1"), other.pid() + " 1577836800000\n");
            Files.writeString(files.resolve("tm-2"), "what is this\n");

            assertThat(stop("--folder", folder.toString()))
                    .isEqualTo(new Answer(
                            0,
                            "nothing was alive (tm-1, tm-2 had ended before) in " + folder
                                    + "; logs, checkpoints and savepoints stay there\n",
                            ""));

            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** A clock that is put right while they live tells another time of their beginning. */
    @Test
    void endsWhatIsCalledLikeItsOwnWhateverTheClockSays() throws Exception {
        Process own = called("tm-1", folder);
        try {
            Path files = Files.createDirectories(folder.resolve("processes"));
            Files.writeString(files.resolve("tm-1"), own.pid() + " 1577836800000\n");

            assertThat(start("--folder", folder.toString()).err()).contains("its process `tm-1` is alive");
            assertThat(stop("--folder", folder.toString()).out()).startsWith("ended tm-1 in ");

            assertThat(own.isAlive()).isFalse();
            assertThat(files.resolve("tm-1")).doesNotExist();
        } finally {
            own.destroyForcibly();
        }
    }

    @Test
    void leavesAloneWhatMayBeItsOwnAndSaysSo() throws Exception {
        Process other = called("tm-1", folder.resolve("elsewhere"));
        try {
            Path file = Files.createDirectories(folder.resolve("processes")).resolve("tm-1");
            Files.writeString(file, other.pid() + " 1577836800000\n");
            String doubt = "the process " + other.pid() + " lives, and it can't be told whether it is `tm-1` of this"
                    + " folder: end it if it is, and delete " + file + "\n";

            assertThat(start("--folder", folder.toString())).isEqualTo(new Answer(2, "", "cluster/start: " + doubt));
            Answer stopped = stop("--folder", folder.toString());
            assertThat(stopped.code()).isEqualTo(2);
            assertThat(stopped.out()).startsWith("nothing was ended in ");
            assertThat(stopped.err()).isEqualTo("cluster/stop: " + doubt);

            assertThat(file).exists();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Waits, and has the words that one of a cluster's processes has. */
    private static Process called(String name, Path folder) throws IOException {
        return new ProcessBuilder(
                        "sh", "-c", "read word", Jvm.PROCESS + name, Jvm.TEMPORARY + Configuration.temporary(folder))
                .start();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --slots 0          | `--slots 0` is no number from 1 to 99
            --task-managers x  | `--task-managers x` is no number from 1 to 99
            --port 65536       | `--port 65536` is no number from 1 to 65535
            --slots            | `--slots` has no value
            --sluts 2          | unknown option `--sluts`
            """)
    void saysWhatIsWrongWithItsOptions(String options, String complaint) {
        assertThat(start(options.split(" ")))
                .isEqualTo(new Answer(2, "", "cluster/start: " + complaint + "\n" + StartCommand.USAGE + "\n"));
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(start("--help")).isEqualTo(new Answer(0, StartCommand.USAGE, ""));
        assertThat(stop("--help")).isEqualTo(new Answer(0, StopCommand.USAGE, ""));
    }

    private static Answer start(String... arguments) {
        return answer((out, err) -> StartCommand.run(out, err, arguments));
    }

    private static Answer stop(String... arguments) {
        return answer((out, err) -> StopCommand.run(out, err, arguments));
    }

    private static Answer answer(BiFunction<PrintStream, PrintStream, Integer> command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = command.apply(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
