package dev.firn.it.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A foreign serializer and deserializer in a process of their own, with jars that Firn never sees. */
public final class SerializerProcess implements AutoCloseable {

    /**
     * A pair of classes that Kafka's clients could be given.
     *
     * @param classPath jars that come before those at hand; empty where they are at hand
     * @param settings what Kafka's clients would configure both with
     */
    public record Pair(String serializer, String deserializer, String classPath, Map<String, String> settings) {

        public Pair {
            settings = new TreeMap<>(settings);
        }

        @Override
        public String toString() {
            return serializer.substring(serializer.lastIndexOf('.') + 1);
        }
    }

    /** What a deserializer made of a message: the schema, and the record in Avro's binary form. */
    public record Deserialized(String schema, byte[] record) {}

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final PrintStream requests;

    private SerializerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    public static SerializerProcess start(Pair pair) {
        List<String> arguments = new ArrayList<>(List.of(pair.serializer(), pair.deserializer()));
        pair.settings().forEach((name, value) -> arguments.add(name + "=" + value));
        return start("SerializerProcess", pair.classPath(), arguments);
    }

    /** What Confluent's client makes of a schema: its text, or what went wrong. */
    public static String confluentClient(String url, int id, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(url, Integer.toString(id)));
        arguments.addAll(Arrays.asList(settings));
        try (SerializerProcess client = start("ConfluentClient", "", arguments)) {
            return client.read();
        }
    }

    private static SerializerProcess start(String mainClass, String classPath, List<String> arguments) {
        Path home = Path.of(System.getProperty("firn.serializers.home", ".")).toAbsolutePath();
        String own = home.resolve("classes") + File.pathSeparator + home.resolve("lib") + File.separator + "*";
        try {
            Path log = Files.createTempFile(Files.createDirectories(Stack.folder()), "serializer", ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath.isEmpty() ? own : classPath + File.pathSeparator + own,
                    "dev.firn.serializers." + mainClass));
            command.addAll(arguments);
            return new SerializerProcess(
                    new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message that Kafka would get for a record in Avro's binary form. */
    public byte[] serialize(String topic, String schema, byte[] record) {
        String text = Base64.getEncoder().encodeToString(schema.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of()
                .parseHex(ask(
                        "serialize " + topic + " " + text + " " + HexFormat.of().formatHex(record)));
    }

    public Deserialized deserialize(String topic, byte[] message) {
        String[] answer = ask("deserialize " + topic + " " + HexFormat.of().formatHex(message))
                .split(" ");
        return new Deserialized(
                new String(Base64.getDecoder().decode(answer[0]), StandardCharsets.UTF_8),
                HexFormat.of().parseHex(answer.length > 1 ? answer[1] : ""));
    }

    private String ask(String request) {
        requests.println(request);
        String answer = read();
        if (answer.startsWith("failed ")) {
            throw new IllegalStateException(answer + "; see " + log);
        }
        return answer;
    }

    private String read() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the process has ended:\n" + Files.readString(log));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of its input is what it waits for. */
    @Override
    public void close() {
        requests.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the process did not end; see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
