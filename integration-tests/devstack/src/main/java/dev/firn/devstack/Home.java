package dev.firn.devstack;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the build of this module put on disk: its own classes, the broker's jars and the unpacked registry. */
record Home(Path directory, Path classes) {

    private static final String PROPERTY = "firn.devstack.home";

    /** The folder that the system property names, else the build folder that this class was loaded from. */
    static Home located() {
        Path classes = codeSource();
        String given = System.getProperty(PROPERTY);
        Path directory = given == null
                ? Objects.requireNonNull(classes.getParent())
                : Path.of(given).toAbsolutePath();
        if (!Files.isDirectory(directory.resolve("lib")) || !Files.isDirectory(directory.resolve("registry"))) {
            throw new DevstackException("`" + directory + "` holds no `lib` and `registry`: build the module"
                    + " integration-tests/devstack, or name its target folder with -D" + PROPERTY + "=FOLDER");
        }
        return new Home(directory, classes);
    }

    /** A command that runs a main class of this module, with the broker's jars, in a JVM tuned to start soon. */
    List<String> command(String mainClass, List<String> jvmOptions, List<String> arguments) {
        return java(directory.resolve("lib") + File.separator + "*", mainClass, jvmOptions, arguments);
    }

    /** A command that runs a main class of this module with nothing but the registry's jars. */
    List<String> registryCommand(String mainClass, List<String> jvmOptions) {
        return java(registryJar().toString(), mainClass, jvmOptions, List.of());
    }

    private List<String> java(String libraries, String mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-D" + PROPERTY + "=" + directory));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classes + File.pathSeparator + libraries, mainClass));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    private Path registryJar() {
        Path folder = directory.resolve("registry");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new DevstackException("`" + folder + "` holds no registry"));
        } catch (IOException problem) {
            throw new DevstackException("can't read `" + folder + "`", problem);
        }
    }

    private static Path codeSource() {
        try {
            return Path.of(Home.class
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
