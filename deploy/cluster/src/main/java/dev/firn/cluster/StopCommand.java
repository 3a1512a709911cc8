package dev.firn.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends the processes that {@link StartCommand} has started in a folder, and no other; the script {@code deploy/cluster/stop} calls this. */
public final class StopCommand {

    /** Where a cluster is unless somebody says. */
    static final Path FOLDER = Path.of(".firn-cluster");

    static final String USAGE =
            """
            Usage:  cluster/stop [--folder FOLDER]

            Ends the processes of the cluster that cluster/start has started in the folder, `.firn-cluster` unless said. Stop its
            pipelines first, with `firn stop FILE`; else they go on from their last checkpoint, or from their ledger.
            """;

    /** How long a process may take to end in good order. */
    private static final long PATIENCE_SECONDS = 15;

    private StopCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            Path folder = CommandLine.parse(USAGE, Set.of("--folder"), arguments)
                    .value("--folder")
                    .map(Path::of)
                    .orElse(FOLDER)
                    .toAbsolutePath()
                    .normalize();
            List<ProcessFiles.Known> known = ProcessFiles.of(folder).all();
            if (known.isEmpty()) {
                err.println("cluster/stop: no cluster was started in `" + folder + "`");
                return 2;
            }
            out.println(stopped(known) + " in " + folder + "; logs, checkpoints and savepoints stay there");
            known.forEach(process ->
                    process.doubtful().ifPresent(alive -> err.println("cluster/stop: " + process.doubt(alive))));
            return known.stream().anyMatch(process -> process.doubtful().isPresent()) ? 2 : 0;
        } catch (ClusterException problem) {
            err.println("cluster/stop: " + problem.getMessage());
            return 2;
        } catch (IOException problem) {
            err.println("cluster/stop: " + problem.getMessage());
            return 3;
        }
    }

    private static String stopped(List<ProcessFiles.Known> known) throws IOException {
        List<String> ended = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        // Those that ask it who leads end in good order while it is there.
        List<ProcessFiles.Known> inOrder = Stream.concat(
                        known.stream().filter(process -> !isAsked(process)),
                        known.stream().filter(StopCommand::isAsked))
                .toList();
        inOrder.stream().filter(process -> !isAsked(process)).forEach(process -> process.alive()
                .ifPresent(ProcessHandle::destroy));
        for (ProcessFiles.Known process : inOrder) {
            process.alive()
                    .ifPresentOrElse(
                            alive -> {
                                end(alive);
                                ended.add(process.name());
                            },
                            () -> {
                                if (process.doubtful().isEmpty()) {
                                    gone.add(process.name());
                                }
                            });
        }
        for (ProcessFiles.Known process : known) {
            if (process.doubtful().isEmpty()) {
                Files.deleteIfExists(process.file());
            }
        }
        String nothing = gone.size() == known.size() ? "nothing was alive" : "nothing was ended";
        return (ended.isEmpty() ? nothing : "ended " + String.join(", ", ended))
                + (gone.isEmpty() ? "" : " (" + String.join(", ", gone) + " had ended before)");
    }

    private static boolean isAsked(ProcessFiles.Known process) {
        return process.name().equals(HighAvailability.ZOOKEEPER);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
