package dev.firn.cli;

import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.SessionCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the ends of the logs of a cluster's processes. */
@Command(
        name = "logs",
        description = {
            "Prints the last lines of the logs of a Flink cluster's processes.",
            "PROCESS is `jobmanager` or the id of a TaskManager; all of them unless said."
        },
        sortOptions = false,
        customSynopsis = "firn logs [--lines N] [--cluster URL] [--env NAME] [PROCESS]",
        footer = {"firn logs --cluster http://127.0.0.1:8081", "firn logs --lines 500 --env prod jobmanager"})
final class LogsVerb extends Verb {

    private static final String JOB_MANAGER = "jobmanager";

    @Parameters(arity = "0..1", paramLabel = "PROCESS", description = "Whose log.")
    private @Nullable String process;

    @Option(names = "--lines", paramLabel = "N", description = "How many lines of each; 50 unless said.")
    private int lines = 50;

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    LogsVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        return new ClusterQuestion(screen, cluster, environment).ask(this::print);
    }

    private int print(SessionCluster asked) {
        List<String> known = new ArrayList<>(List.of(JOB_MANAGER));
        known.addAll(asked.taskManagers());
        String one = process;
        if (one != null && !known.contains(one)) {
            screen.progress("firn: the cluster at " + asked.shown() + " has no process `" + one + "`; it has "
                    + String.join(
                            ", ", known.stream().map(name -> "`" + name + "`").toList()));
            return ExitCode.FILE;
        }
        for (String name : one == null ? known : List.of(one)) {
            if (name.equals(JOB_MANAGER)) {
                printJobManagers(asked.jobManagers());
            } else {
                print("== " + name, asked.taskManagerLog(name, Math.max(1, lines)));
            }
        }
        return ExitCode.DONE;
    }

    /** Each has a log of its own, and the one that stands by has not much in it. */
    private void printJobManagers(List<SessionCluster> jobManagers) {
        if (jobManagers.size() == 1) {
            print("== " + JOB_MANAGER, jobManagers.get(0).jobManagerLog(Math.max(1, lines)));
            return;
        }
        for (SessionCluster jobManager : jobManagers) {
            String title = "== " + JOB_MANAGER + " " + jobManager.shown();
            try {
                print(title, jobManager.jobManagerLog(Math.max(1, lines)));
            } catch (ClusterAway away) {
                screen.result(title + "\n(" + away.getMessage() + ")\n");
            }
        }
    }

    private void print(String title, Optional<List<String>> log) {
        screen.result(title + "\n");
        log.ifPresentOrElse(
                last -> last.forEach(line -> screen.result(line + "\n")),
                () -> screen.result("(keeps no log that can be asked for)\n"));
    }
}
