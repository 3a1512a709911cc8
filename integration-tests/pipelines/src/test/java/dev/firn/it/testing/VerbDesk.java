package dev.firn.it.testing;

import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.source.WaitingSplits;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** A process that answers one verb after the other, as {@link StandingFirn} asks for them. */
final class VerbDesk {

    private VerbDesk() {}

    /**
     * A verb with its variables.
     *
     * @param environment on top of this process's own
     */
    record Call(Map<String, String> environment, List<String> arguments) {

        void write(DataOutputStream out) throws IOException {
            out.writeInt(environment.size());
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                out.writeUTF(variable.getKey());
                out.writeUTF(variable.getValue());
            }
            out.writeInt(arguments.size());
            for (String argument : arguments) {
                out.writeUTF(argument);
            }
            out.flush();
        }

        static Call read(DataInputStream in) throws IOException {
            Map<String, String> environment = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                environment.put(name, in.readUTF());
            }
            List<String> arguments = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                arguments.add(in.readUTF());
            }
            return new Call(environment, arguments);
        }
    }

    /**
     * What became of it.
     *
     * @param clean whether nothing of the verb stays behind in the process
     */
    record Reply(Firn.Answer answer, boolean clean) {

        void write(DataOutputStream out) throws IOException {
            out.writeInt(answer.exitCode());
            writeText(out, answer.out());
            writeText(out, answer.err());
            out.writeBoolean(clean);
            out.flush();
        }

        static Reply read(DataInputStream in) throws IOException {
            return new Reply(new Firn.Answer(in.readInt(), readText(in), readText(in)), in.readBoolean());
        }

        private static void writeText(DataOutputStream out, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        private static String readText(DataInputStream in) throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] arguments) throws IOException {
        // As Main does, before any library asks.
        Locale.setDefault(Locale.ROOT);
        System.setProperty("log4j2.configurationFile", "log4j2-silent.properties");
        ProcessHandle.current().parent().ifPresent(test -> test.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        try (Socket asker = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(asker.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(asker.getOutputStream()));
            while (true) {
                answered(Call.read(in)).write(out);
            }
        } catch (EOFException over) {
            Runtime.getRuntime().exit(0);
        }
    }

    /** What libraries print on the process's own streams belongs to the answer, as it would in a process of its own. */
    private static Reply answered(Call call) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream result = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream ownOut = System.out;
        PrintStream ownErr = System.err;
        Properties before = (Properties) System.getProperties().clone();
        System.setOut(result);
        System.setErr(progress);
        try {
            call.environment()
                    .forEach((name, value) -> System.setProperty(SystemReferences.PROPERTY_PREFIX + name, value));
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(call.environment());
            int code = Main.commandLine(new Screen(result, progress, environment))
                    .execute(call.arguments().toArray(String[]::new));
            Firn.Answer answer =
                    new Firn.Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
            return new Reply(
                    answer, WaitingSplits.now().isEmpty() && UnknownRows.now().isEmpty());
        } finally {
            System.setProperties(before);
            System.setOut(ownOut);
            System.setErr(ownErr);
        }
    }
}
