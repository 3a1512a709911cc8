package dev.firn.devstack;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/**
 * A running {@link Devstack}, seen from the process that started it; needs the JDK only, so that it fits on any class path.
 *
 * <p>One request at a time. The stack ends with {@link #close()}, and also when this process does, however that happens.
 */
public final class DevstackProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final PrintStream requests;
    private final List<ReadyService> services = new ArrayList<>();

    private DevstackProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Returns when both services are ready; data and logs are in the given folder, which is created if missing. */
    public static DevstackProcess start(Path directory) {
        Path log = directory.resolve("devstack.log");
        List<String> command = Home.located()
                .command(
                        Devstack.class.getName(),
                        List.of("-Xmx256m"),
                        List.of("--dir", directory.toAbsolutePath().toString(), "--commands"));
        DevstackProcess stack;
        try {
            Files.createDirectories(directory);
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            stack = new DevstackProcess(process, log);
        } catch (IOException problem) {
            throw new DevstackException("can't start the devstack: " + problem.getMessage(), problem);
        }
        stack.awaitReady();
        return stack;
    }

    /** The broker and the registry. */
    public List<ReadyService> services() {
        return List.copyOf(services);
    }

    /** What Kafka clients call {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return services.get(0).address();
    }

    /** The base of Confluent's REST API: {@code http://127.0.0.1:PORT/apis/ccompat/v7}. */
    public String registryUrl() {
        return services.get(1).address();
    }

    public void createTopic(String name, int partitions) {
        ask(Line.of(Protocol.CREATE_TOPIC, name, partitions));
    }

    /** Registers an Avro schema under a subject, {@code TOPIC-value} by Confluent's convention, and returns its id. */
    public int register(String subject, String schemaJson) {
        return ask(Line.of(Protocol.REGISTER, subject, schemaJson)).number(0);
    }

    /** Creates the topics (6 and 2 partitions) and subjects of a load, without records; does nothing where they are. */
    public void declareOrders(OrdersLoad load) {
        ask(Protocol.load(Protocol.DECLARE_ORDERS, load));
    }

    public OrdersProduced produceOrders(OrdersLoad load) {
        return produceOrders(load, (topic, count) -> {});
    }

    /** Declares the load and writes its records; the listener hears from time to time how many a topic has. */
    public OrdersProduced produceOrders(OrdersLoad load, ObjLongConsumer<String> progress) {
        Line answer = ask(Protocol.load(Protocol.PRODUCE_ORDERS, load), progress);
        return Protocol.produced(answer, load.volume());
    }

    /** Registers the second version of the orders' schema and writes the load's newer orders with it; returns how many. */
    public long produceNewerOrders(OrdersLoad load) {
        return Long.parseLong(
                ask(Protocol.load(Protocol.PRODUCE_NEWER_ORDERS, load)).field(0));
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private void awaitReady() {
        try {
            for (Line line = read(); !line.verb().equals(Protocol.READY); line = read()) {
                services.add(Protocol.service(line));
            }
        } catch (RuntimeException problem) {
            close();
            throw problem;
        }
    }

    private Line ask(Line request) {
        return ask(request, (topic, count) -> {});
    }

    private synchronized Line ask(Line request, ObjLongConsumer<String> progress) {
        requests.println(request.text());
        Line answer = read();
        while (answer.verb().equals(Protocol.PROGRESS)) {
            progress.accept(answer.field(0), Long.parseLong(answer.field(1)));
            answer = read();
        }
        if (answer.verb().equals(Protocol.FAILED)) {
            throw new DevstackException(answer.field(0));
        }
        return answer;
    }

    private Line read() {
        String text;
        try {
            text = answers.readLine();
        } catch (IOException closed) {
            text = null;
        }
        if (text == null) {
            throw new DevstackException("the devstack has ended:\n  " + Folders.lastLines(log));
        }
        return Line.parse(text);
    }

    /** Ends the services and deletes their data; the logs stay. */
    @Override
    public void close() {
        requests.println(Line.of(Protocol.STOP).text());
        requests.close();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
