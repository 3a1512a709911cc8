package dev.firn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code firn} begins. */
@Command(
        name = "firn",
        description = "A YAML file becomes a Flink job that commits Kafka topics exactly once to Iceberg tables.",
        subcommands = {
            QuickstartVerb.class,
            NewVerb.class,
            LintVerb.class,
            FmtVerb.class,
            ImportVerb.class,
            TestVerb.class,
            PlanVerb.class,
            PreviewVerb.class,
            RunVerb.class,
            SubmitVerb.class,
            ListVerb.class,
            StatusVerb.class,
            StopVerb.class,
            UpgradeVerb.class,
            SavepointsVerb.class,
            LogsVerb.class,
            AuditVerb.class,
            RewindVerb.class,
            QuarantineVerb.class,
            ReplayVerb.class,
            TableVerb.class,
            MaintainVerb.class,
            SchemaVerb.class,
            DoctorVerb.class,
            GrammarVerb.class,
            CompletionVerb.class,
            HelpVerb.class,
            VersionVerb.class
        },
        customSynopsis = "firn VERB [OPTION...] [FILE...]",
        footer = {"firn quickstart", "firn lint examples/orders/pipeline.yaml"})
public final class Main implements Runnable {

    /** Verbs that log to a file of their own and say where it is. */
    private static final Set<String> LOGGING_VERBS = Set.of("run", "quickstart");

    private final Screen screen;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @CommandLine.Option(names = "--yes", hidden = true)
    boolean yes;

    private Main(Screen screen) {
        this.screen = screen;
    }

    public static void main(String[] arguments) {
        // Figures look the same everywhere.
        Locale.setDefault(Locale.ROOT);
        // Loggers come to life with the first library class, so which configuration they get is decided before.
        boolean logs = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .filter(LOGGING_VERBS::contains)
                .isPresent();
        System.setProperty("log4j2.configurationFile", logs ? "log4j2-file.properties" : "log4j2-silent.properties");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Screen screen = new Screen(out, err, System.getenv());
        int code;
        try {
            code = commandLine(screen).execute(arguments);
        } catch (Throwable bug) {
            // A missing class or no memory: picocli lets errors pass, and threads of libraries would keep the process.
            code = new BugReport(screen).file(bug);
        }
        out.flush();
        err.flush();
        // Threads of libraries must not keep the process when the verb has answered.
        Runtime.getRuntime().exit(code);
    }

    /** The command with all its verbs, to be executed once. */
    public static CommandLine commandLine(Screen screen) {
        CommandLine line = new CommandLine(new Main(screen), new ScreenFactory(screen));
        line.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A file may be called `@orders.yaml`.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(new UsageErrors(screen));
        line.setExecutionExceptionHandler((bug, command, parsed) -> new BugReport(screen).file(bug));
        UsagePage.install(line);
        return line;
    }

    @Override
    public void run() {
        screen.result(spec.commandLine().getUsageMessage());
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
