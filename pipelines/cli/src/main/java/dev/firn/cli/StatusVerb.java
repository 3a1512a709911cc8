package dev.firn.cli;

import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.PipelineStatus;
import dev.firn.cli.cluster.PipelineStatus.Job;
import dev.firn.cli.cluster.StatusInquiry;
import dev.firn.cli.cluster.StatusJson;
import dev.firn.cli.cluster.StatusText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.session.SessionCluster;
import dev.firn.plan.Planner;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a pipeline fares on a cluster. */
@Command(
        name = "status",
        description = {
            "Shows how a pipeline fares on a Flink cluster: its state, lag, tables, restarts, balance.",
            "The balance is that of its newest run. Answers 0 where it runs, no table waits and it balances, else 1."
        },
        sortOptions = false,
        customSynopsis = "firn status [--cluster URL] [--env NAME] [--format text|json] FILE",
        footer = {"firn status --cluster http://127.0.0.1:8081 orders.yaml", "firn status --env prod orders.yaml"})
final class StatusVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    StatusVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        return new ClusterQuestion(screen, cluster, environment).ask(path, this::status);
    }

    /** The cluster first: where the catalog is away, what the job does is all that there is to know. */
    private int status(PipelineFile file, PipelineDefinition definition, SessionCluster asked) throws Exception {
        return new SeenPipeline(screen).ask(file, definition, seen -> status(file, definition, asked, seen), unseen -> {
            screen.progress("the catalog does not answer: the job is known by its name and environment alone");
            return status(file, definition, asked, unseen);
        });
    }

    private int status(
            PipelineFile file, PipelineDefinition definition, SessionCluster asked, PipelineIdentity identity) {
        StatusInquiry inquiry =
                new StatusInquiry(definition, file.connectors(), SystemReferences.ofThisProcess(), asked);
        Optional<Job> job = inquiry.job(identity);
        int code = new LakeQuestion(screen, file).ask((read, lake) -> status(file, inquiry, job, lake, read));
        boolean isGone = code == ExitCode.NO && identity.ledger().isEmpty() && job.isPresent();
        if (isGone) {
            screen.progress("a job of this name and environment is there: its ledger is gone, or it is another's");
        }
        if (isGone || (code != ExitCode.DONE && code != ExitCode.NO)) {
            screen.result(
                    format == Format.JSON
                            ? StatusJson.write(definition.name(), asked.shown(), job)
                            : StatusText.write(definition.name(), asked.shown(), job, Instant.now()));
        }
        return code;
    }

    private int status(
            PipelineFile file, StatusInquiry inquiry, Optional<Job> job, Lake lake, PipelineDefinition definition) {
        TableName ledger = Planner.lakeNames(definition).ledger();
        if (lake.table(ledger).isEmpty()) {
            screen.progress("firn: there is no ledger `" + ledger + "`"
                    + (job.isPresent() ? "" : ": the pipeline has not run yet"));
            return ExitCode.NO;
        }
        Instant now = Instant.now();
        PipelineStatus status = inquiry.ask(job, lake, now);
        screen.result(
                format == Format.JSON
                        ? StatusJson.write(status)
                        : StatusText.write(
                                status,
                                now,
                                cluster.repeated(),
                                environment.repeated(),
                                file.path().toString()));
        return status.isWell() ? ExitCode.DONE : ExitCode.NO;
    }
}
