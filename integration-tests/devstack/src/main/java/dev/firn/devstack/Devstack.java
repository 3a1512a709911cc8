package dev.firn.devstack;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The process that owns a Kafka broker and a schema registry, on 127.0.0.1 and ports that the system gives out.
 *
 * <p>By hand, after {@code mvn package}, in this module's folder; Ctrl-C ends it and both services:
 *
 * <pre>{@code
 * java -cp 'target/classes:target/lib/*' dev.firn.devstack.Devstack --dir /tmp/devstack [--orders]
 * }</pre>
 *
 * <p>{@code --orders} fills the topics {@code orders} and {@code refunds} with the quickstart's data. The folder gets
 * {@code broker.log} and {@code registry.log}, and the broker's data while it runs; every start begins empty.
 *
 * <p>With {@code --commands}, which {@link DevstackProcess} gives, it talks to its parent in lines of UTF-8, fields
 * separated by tabs, backslash, tab, line feed and carriage return written as {@code \\ \t \n \r}. It first says
 *
 * <pre>
 * service  NAME  DESCRIPTION  ADDRESS  SECONDS     for each service
 * ready
 * </pre>
 *
 * and then answers each request with any number of {@code progress} lines and one {@code done} or {@code failed MESSAGE}:
 *
 * <pre>
 * create-topic    NAME PARTITIONS                  done
 * register        SUBJECT SCHEMA                   done ID
 * declare-orders  LOAD                             done
 * produce-orders  LOAD                             progress TOPIC COUNT ... done ORDERS SCHEMA-ID REFUNDS SCHEMA-ID
 * stop                                             (ends; so does the end of the input)
 * </pre>
 *
 * where LOAD is ORDERS-TOPIC REFUNDS-TOPIC SEED ORDERS TEST-ORDERS TRUNCATED WRONG-MAGIC UNKNOWN-SCHEMA-ID REFUNDS. Both
 * services are on a {@link Leash}: however this process ends, they do too.
 */
public final class Devstack {

    static final String LOGGING = "-Dlog4j.configuration=dev/firn/devstack/log4j.properties";

    /** Standard output belongs to the protocol; whatever a library prints goes to standard error. */
    private static final PrintStream OUTPUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Devstack() {}

    public static void main(String[] arguments) {
        System.setOut(System.err);
        System.setProperty("log4j.configuration", LOGGING.substring(LOGGING.indexOf('=') + 1));
        try {
            Options options = Options.parse(arguments);
            if (options.use() == Options.Use.COMMANDS) {
                Leash.ignoreInterrupts();
            }
            Files.createDirectories(options.directory());
            try (FileChannel lock = lock(options.directory())) {
                run(options);
            }
            System.exit(0);
        } catch (DevstackException problem) {
            System.err.println(problem.getMessage());
            System.exit(1);
        } catch (IOException problem) {
            System.err.println("can't use the folder of the stack: " + problem);
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException {
        Stack stack = Stack.start(Home.located(), options.directory());
        CompletableFuture<Void> watch = stack.firstEnd().thenAccept(Devstack::endUnexpectedly);
        Runnable stop = () -> {
            watch.cancel(false);
            stack.close();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        try (Commands commands = new Commands(stack)) {
            if (options.use() == Options.Use.COMMANDS) {
                stack.services().forEach(service -> say(Protocol.service(service)));
                say(Line.of(Protocol.READY));
                commands.serve(
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), Devstack::say);
            } else {
                stack.services().forEach(service -> OUTPUT.println(service.line()));
                if (options.use() == Options.Use.ORDERS) {
                    OrdersProduced produced = commands.produceOrders(OrdersLoad.quickstart(), (topic, count) -> {});
                    OUTPUT.printf(
                            Locale.ROOT,
                            "topics     orders %,d, refunds %,d records%n",
                            produced.ordersRecords(),
                            produced.refundsRecords());
                }
                untilInterrupted();
            }
        } finally {
            stop.run();
        }
    }

    private static synchronized void say(Line line) {
        OUTPUT.println(line.text());
    }

    private static void endUnexpectedly(Object reason) {
        System.err.println(reason);
        System.exit(1);
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Held until the process ends, however it does: two stacks in one folder would delete each other's data. */
    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("devstack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new DevstackException("another devstack runs in `" + directory + "`");
        }
        return channel;
    }
}
