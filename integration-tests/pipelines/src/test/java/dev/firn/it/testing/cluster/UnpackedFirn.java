package dev.firn.it.testing.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Firn.Answer;
import dev.firn.it.testing.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The archive as it was built, unpacked, and a cluster that its own script has started; ends with the test.
 *
 * @param home the archive's folder
 * @param folder where scripts are run and the cluster is
 */
public record UnpackedFirn(Path home, Path folder) implements AutoCloseable {

    private static final Path ARCHIVES = Path.of("..", "..", "deploy", "distribution", "target");
    private static final Pattern PAGE = Pattern.compile("jobmanager(?:-\\d)? +pid \\d+ +(http://\\S+)");
    private static final long MINUTES = 4;

    public static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(ARCHIVES)) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath()
                    .normalize();
        }
    }

    public static UnpackedFirn unpack() throws Exception {
        Path folder = ClusterFolder.fresh(Stack.folder(), "archive").toAbsolutePath();
        Answer unpacked = bash(folder, Map.of(), "tar xzf " + archive());
        if (unpacked.exitCode() != 0) {
            throw new IllegalStateException(unpacked.err());
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return new UnpackedFirn(
                    folders.filter(Files::isDirectory).findFirst().orElseThrow(), folder);
        }
    }

    /** An empty folder, for a test that unpacks it itself. */
    public static UnpackedFirn nothingYet() throws IOException {
        Path folder = ClusterFolder.fresh(Stack.folder(), "archive").toAbsolutePath();
        return new UnpackedFirn(folder, folder);
    }

    /** Starts a cluster; answers the addresses of its JobManagers. */
    public List<URI> startCluster(Map<String, String> environment, String... options) throws Exception {
        Answer started = run(environment, "cluster/start", options);
        List<URI> pages = PAGE.matcher(started.out())
                .results()
                .map(page -> URI.create(page.group(1)))
                .toList();
        if (started.exitCode() != 0 || pages.isEmpty()) {
            throw new IllegalStateException(started.out() + started.err());
        }
        return pages;
    }

    public Answer firn(Map<String, String> environment, String... arguments) throws Exception {
        return run(environment, "bin/firn", arguments);
    }

    private Answer run(Map<String, String> environment, String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return wait(folder, environment, command);
    }

    /** Runs lines of a shell in a folder. */
    public static Answer bash(Path folder, Map<String, String> environment, String lines) throws Exception {
        return wait(folder, environment, List.of("bash", "-euo", "pipefail", "-c", lines));
    }

    private static Answer wait(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "said", ".out");
        Path err = Files.createTempFile(folder, "said", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end:\n" + Files.readString(err));
        }
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Kills a TaskManager on which tasks run, as a machine that loses its power does; answers its id. */
    public String killABusyTaskManager(URI cluster) throws IOException {
        JsonNode managers =
                new ObjectMapper().readTree(cluster.resolve("/taskmanagers").toURL());
        for (JsonNode manager : managers.path("taskmanagers")) {
            if (manager.path("freeSlots").asInt() < manager.path("slotsNumber").asInt()) {
                String id = manager.path("id").asText();
                process(id).destroyForcibly();
                return id;
            }
        }
        throw new IllegalStateException("no TaskManager has anything to do: " + managers);
    }

    /** Kills that of two JobManagers which leads; answers its name. */
    public String killTheLeader() throws IOException {
        String name = leader();
        ProcessHandle leader = process(name);
        leader.destroyForcibly();
        leader.onExit().join();
        return name;
    }

    /** The name of that of two JobManagers which lives and leads. */
    public String leader() throws IOException {
        for (String name : List.of("jobmanager-1", "jobmanager-2")) {
            if (ProcessHandle.of(pid(name)).filter(ProcessHandle::isAlive).isPresent() && leads(name)) {
                return name;
            }
        }
        throw new IllegalStateException("no JobManager leads");
    }

    /** As its log says: the one that stands by has recovered no job and started no dispatcher. */
    private boolean leads(String name) throws IOException {
        return Files.readString(folder.resolve(".firn-cluster/log/" + name + ".log"))
                .contains("DefaultDispatcherRunner was granted leadership");
    }

    private ProcessHandle process(String name) throws IOException {
        return ProcessHandle.of(pid(name)).orElseThrow();
    }

    private long pid(String name) throws IOException {
        String said = Files.readString(folder.resolve(".firn-cluster/processes/" + name));
        return Long.parseLong(said.split(" ")[0]);
    }

    /** The processes of a cluster anywhere below the folder that are alive. */
    public List<ProcessHandle> processes() {
        String temporary = "-Djava.io.tmpdir=" + folder;
        return ProcessHandle.allProcesses()
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> argument.startsWith(temporary)))
                .toList();
    }

    public Answer stopCluster() throws Exception {
        return run(Map.of(), "cluster/stop");
    }

    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
