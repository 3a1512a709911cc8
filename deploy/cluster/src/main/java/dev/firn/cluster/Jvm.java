package dev.firn.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the processes of a cluster. */
record Jvm(ClusterSettings cluster, Path conf) {

    /** So that a list of processes tells which is which. */
    static final String PROCESS = "-Dfirn.cluster.process=";

    /** Tells whose folder a process has. */
    static final String TEMPORARY = "-Djava.io.tmpdir=";

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final File NOTHING = new File("/dev/null");

    /** A process whose log has the given name; what it prints besides goes to the same folder. */
    Process start(String name, List<String> memory, List<String> main) {
        Path log = cluster.log(name);
        List<String> command = new ArrayList<>();
        boolean leashed = cluster.life() == ClusterSettings.Life.LEASHED;
        if (!leashed && Files.isExecutable(SETSID)) {
            // So that neither Ctrl-C in the terminal nor its end reaches them; the process keeps its id.
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + cluster.jvmOptions().toAbsolutePath());
        command.addAll(memory);
        if (leashed) {
            // What lives for a test is over before the second compiler would pay.
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
        command.addAll(List.of(
                PROCESS + name,
                "-Dlog.file=" + log,
                "-Dlog4j2.configurationFile=" + conf.resolve("log4j.properties"),
                TEMPORARY + Configuration.temporary(cluster.folder()),
                "-cp",
                leashed ? ownClasses() + File.pathSeparator + cluster.classPath() : cluster.classPath()));
        if (leashed) {
            command.add(Leashed.class.getName());
        }
        command.addAll(main);
        try {
            Files.createDirectories(Configuration.temporary(cluster.folder()));
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(leashed ? Redirect.PIPE : Redirect.from(NOTHING))
                    .redirectOutput(cluster.folder()
                            .resolve("log")
                            .resolve(name + ".out")
                            .toFile())
                    .start();
        } catch (IOException problem) {
            throw new ClusterException("can't start `" + name + "`: " + problem.getMessage(), problem);
        }
    }

    /** The end of what a process has said, for the message about it. */
    String lastLines(String name) {
        StringBuilder said = new StringBuilder();
        for (String file : List.of(name + ".log", name + ".out")) {
            try {
                List<String> lines =
                        Files.readAllLines(cluster.folder().resolve("log").resolve(file));
                lines.subList(Math.max(0, lines.size() - 20), lines.size())
                        .forEach(line -> said.append("\n  ").append(line));
            } catch (IOException unreadable) {
                said.append("\n  (no ").append(file).append(')');
            }
        }
        return said.toString();
    }

    private static Path ownClasses() {
        try {
            return Path.of(Jvm.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a class was loaded from something that is no place", impossible);
        }
    }
}
