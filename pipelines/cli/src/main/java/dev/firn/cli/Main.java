package dev.firn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code firn} begins. */
@Command(
        name = "firn",
        description = "A YAML file becomes a Flink job that commits Kafka topics exactly once to Iceberg tables.",
        subcommands = {
            LintVerb.class,
            PlanVerb.class,
            RunVerb.class,
            QuickstartVerb.class,
            HelpVerb.class,
            VersionVerb.class
        },
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  firn quickstart", "  firn lint examples/orders/pipeline.yaml"},
        mixinStandardHelpOptions = false)
public final class Main implements Runnable {

    /** Verbs that log to a file of their own and say where it is. */
    private static final Set<String> LOGGING_VERBS = Set.of("run", "quickstart");

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    public static void main(String[] arguments) {
        // Loggers come to life with the first library class, so which configuration they get is decided before.
        boolean logs = arguments.length > 0 && LOGGING_VERBS.contains(arguments[0]);
        System.setProperty("log4j2.configurationFile", logs ? "log4j2-file.properties" : "log4j2-silent.properties");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = commandLine(new Screen(out, err, System.getenv()), out, err).execute(arguments);
        out.flush();
        err.flush();
        // Threads of libraries must not keep the process when the verb has answered.
        Runtime.getRuntime().exit(code);
    }

    static CommandLine commandLine(Screen screen, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new Main(), new ScreenFactory(screen));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            screen.progress("firn: our bug: " + failure);
            failure.printStackTrace(err);
            return ExitCode.BUG;
        });
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Gives verbs their screen. */
    private record ScreenFactory(Screen screen) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Screen.class) {
                    return type.cast(constructor.newInstance(screen));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
