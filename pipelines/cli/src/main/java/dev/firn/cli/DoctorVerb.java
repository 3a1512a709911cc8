package dev.firn.cli;

import dev.firn.cli.doctor.Answer;
import dev.firn.cli.doctor.Doctor;
import dev.firn.cli.doctor.DoctorJson;
import dev.firn.cli.doctor.DoctorText;
import dev.firn.cli.doctor.FileQuestions;
import dev.firn.cli.doctor.MachineQuestions;
import dev.firn.cli.doctor.OutsideQuestions;
import dev.firn.cli.doctor.Question;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.local.LocalFolders;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at all that a pipeline needs, side by side, and says what is not there and how to mend it. */
@Command(
        name = "doctor",
        description = {
            "Looks at what a pipeline needs: this machine, the file, brokers, registry, catalog.",
            "Changes nothing. Everything is asked at once, and given up after 15 s. Without FILE it looks at the machine"
                    + " alone. Exit code 1 where something is not well, 2 where it is the file."
        },
        sortOptions = false,
        customSynopsis = "firn doctor [--env NAME] [--format text|json] [FILE]",
        footer = {"firn doctor", "firn doctor --env prod orders.yaml"})
final class DoctorVerb extends Verb {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The pipeline file.")
    private @Nullable Path path;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    DoctorVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Path asked = path;
        return asked == null
                ? examine(MachineQuestions.of(Path.of(".firn")), ExitCode.DONE)
                : examine(environment.pipeline(asked));
    }

    private int examine(PipelineFile file) {
        Optional<PipelineDefinition> definition = file.read();
        definition.ifPresent(file::planOffline);
        Path state = definition
                .map(read -> LocalFolders.beside(file.path(), read.stateName()).root())
                .orElse(file.path().resolveSibling(".firn"));
        List<Question> questions = new ArrayList<>(MachineQuestions.of(state));
        Health lint = FileQuestions.lint(file.arguments(), file.diagnostics());
        questions.add(new Question(FileQuestions.ABOUT, new HealthCheck("lint", () -> List.of(lint))));
        SystemReferences references = SystemReferences.ofThisProcess();
        definition.ifPresent(read -> {
            questions.add(new Question(
                    FileQuestions.ABOUT,
                    new HealthCheck("references", () -> FileQuestions.references(read.root(), references))));
            questions.addAll(new OutsideQuestions(read, file.connectors(), references).questions());
        });
        return examine(questions, ExitCode.of(file.diagnostics()));
    }

    private int examine(List<Question> questions, int ofTheFile) {
        DoctorText text = new DoctorText(screen.isTerminal() ? DoctorText.Sign.SIGNS : DoctorText.Sign.WORDS);
        List<Answer> answers = new Doctor(PATIENCE).ask(questions, answer -> {
            if (format == Format.TEXT) {
                screen.result(text.write(answer));
            }
        });
        screen.result(format == Format.JSON ? DoctorJson.write(answers) : DoctorText.summary(answers));
        boolean well = answers.stream().allMatch(Answer::isWell);
        return ofTheFile != ExitCode.DONE ? ofTheFile : well ? ExitCode.DONE : ExitCode.NO;
    }
}
