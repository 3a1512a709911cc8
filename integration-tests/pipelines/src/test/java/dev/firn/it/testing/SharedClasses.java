package dev.firn.it.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * Classes as the JVM lays them out in memory, in a file that is made once and then mapped by each process: a verb of a
 * test spends a third of its CPU time on loading classes otherwise, and these tests start some hundreds.
 */
final class SharedClasses {

    private SharedClasses() {}

    /** The class path of this process, its jars first: what comes behind those that the file was made with is looked at, too. */
    static String classPath() {
        return Stream.concat(entries(true), entries(false)).collect(Collectors.joining(File.pathSeparator));
    }

    /** No such file can be made while folders are looked at. */
    static String jars() {
        return entries(true).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> entries(boolean jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar") == jars);
    }

    /** Options of a process that is to use them; none where they are still being made by another process, or can't be. */
    static List<String> options() {
        Path archive = archive();
        if (!Files.exists(archive)) {
            Stack.running();
        }
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off")
                : List.of();
    }

    private static Path archive() {
        return Stack.folder().resolve("classes-" + fingerprint() + ".jsa");
    }

    /** A file made for other jars, or for another JVM, would be refused with a warning on the verb's own screen. */
    private static String fingerprint() {
        long sum = Runtime.version().toString().hashCode();
        for (String entry : jars().split(File.pathSeparator, -1)) {
            File file = new File(entry);
            sum = 31 * (31 * (31 * sum + entry.hashCode()) + file.length()) + file.lastModified();
        }
        return Long.toHexString(sum);
    }

    /** Before any test has registered a schema: some say which id the next one will have. */
    static void prepare() {
        Path path = archive();
        if (Files.exists(path)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        path.resolveSibling(path.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && !Files.exists(path)) {
                make(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One small pipeline is run to its end, which loads most of what any verb loads. */
    private static void make(Path path) throws IOException {
        String topic = Stack.unique("classes");
        Stack.running().createTopic(topic, 1);
        Schema schema =
                SchemaBuilder.record("Known").fields().requiredLong("id").endRecord();
        try (Records records = new Records()) {
            records.send(
                    topic,
                    records.framed(
                            topic,
                            new GenericRecordBuilder(schema).set("id", 1L).build()));
        } catch (Exception e) {
            throw new IOException(e);
        }
        Pipeline pipeline = Pipeline.of(topic, List.of(topic), "");
        Path begun = path.resolveSibling(path.getFileName() + ".begun");
        List<String> options = new ArrayList<>(Firn.SMALL);
        options.addAll(List.of("-XX:ArchiveClassesAtExit=" + begun, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        try (Firn.Started run = Firn.startPlainly(
                options,
                jars(),
                pipeline.environment(),
                "run",
                "--until-caught-up",
                pipeline.file().toString())) {
            Firn.Answer answer = run.answer();
            if (answer.exitCode() != 0) {
                throw new IllegalStateException("the run that loads classes ended with " + answer);
            }
        }
        Files.move(begun, path);
    }
}
