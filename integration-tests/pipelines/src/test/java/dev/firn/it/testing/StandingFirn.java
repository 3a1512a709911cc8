package dev.firn.it.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process that answers this test process's verbs, one after the other. A process that has just begun works for seconds to have its classes at
 * hand, and most verbs of tests are over in a tenth of one.
 */
final class StandingFirn implements AutoCloseable {

    /** Each job brings a class loader of Flink's with it, which is not always let go. */
    private static final int VERBS = 24;

    private static final long MINUTES = 4;

    private static @Nullable StandingFirn standing;

    private final Process process;
    private final Socket desk;
    private final DataInputStream replies;
    private final DataOutputStream calls;
    private final Path log;
    private int answered;

    private StandingFirn(Process process, Socket desk, Path log) throws IOException {
        this.process = process;
        this.desk = desk;
        this.log = log;
        this.replies = new DataInputStream(new BufferedInputStream(desk.getInputStream()));
        this.calls = new DataOutputStream(new BufferedOutputStream(desk.getOutputStream()));
    }

    /** What the verb answers; where it has not ended after four minutes, the process is killed. */
    static synchronized Firn.Answer answer(Map<String, String> environment, List<String> arguments) {
        try {
            StandingFirn firn = standing;
            if (firn == null) {
                firn = start();
                standing = firn;
            }
            boolean done = false;
            try {
                VerbDesk.Reply reply = firn.ask(new VerbDesk.Call(environment, arguments));
                done = reply.clean() && firn.answered < VERBS;
                return reply.answer();
            } finally {
                if (!done) {
                    firn.close();
                    standing = null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StandingFirn start() throws IOException {
        List<String> options = new ArrayList<>(SharedClasses.options());
        options.addAll(Firn.SMALL);
        Files.createDirectories(Stack.folder());
        Path log = Files.createTempFile(Stack.folder(), "desk", ".log");
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            door.setSoTimeout((int) TimeUnit.MINUTES.toMillis(MINUTES));
            Process process = new ProcessBuilder(Firn.command(
                            options,
                            SharedClasses.classPath(),
                            VerbDesk.class.getName(),
                            String.valueOf(door.getLocalPort())))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Socket desk = door.accept();
            desk.setTcpNoDelay(true);
            desk.setSoTimeout((int) TimeUnit.MINUTES.toMillis(MINUTES));
            return new StandingFirn(process, desk, log);
        }
    }

    private VerbDesk.Reply ask(VerbDesk.Call call) throws IOException {
        answered++;
        try {
            call.write(calls);
            return VerbDesk.Reply.read(replies);
        } catch (IOException none) {
            throw new IOException(
                    "firn " + String.join(" ", call.arguments()) + " did not answer within " + MINUTES + " minutes:\n"
                            + Files.readString(log),
                    none);
        }
    }

    @Override
    public void close() throws IOException {
        desk.close();
        process.destroyForcibly();
    }
}
