package dev.firn.cli;

import dev.firn.cli.schema.CheckAnswer;
import dev.firn.cli.schema.CheckJson;
import dev.firn.cli.schema.CheckText;
import dev.firn.cli.schema.NamedSchema;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.schema.compare.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Answers whether a registry would take a schema as the next version, and what it would mean for the table. */
@Command(
        name = "check",
        description = {
            "Checks whether a schema may follow others, as a registry does, and what it changes in the table.",
            "Answers 0 where it may, else 1 with the reasons. A schema is a file, FILE:STREAM of a pipeline file, or SUBJECT"
                    + " of the registry, the latter two with `@VERSION` or the newest; for the transitive levels an OLDER"
                    + " without a version stands for all versions."
        },
        sortOptions = false,
        customSynopsis = "firn schema check [--level LEVEL] [--registry URL|FILE] [--format text|json] NEWER OLDER...",
        footer = {
            "firn schema check next.avsc schemas/orders-value.avsc",
            "firn schema check --level full-transitive next.avsc orders.yaml:orders"
        })
final class SchemaCheckVerb extends SchemaQuestionVerb {

    @Parameters(index = "0", paramLabel = "NEWER", description = "The schema that is to follow.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String newer;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "OLDER",
            description = "Those before it, oldest first. Without a transitive level only the last one counts.")
    private List<String> older = List.of();

    @Option(
            names = "--level",
            paramLabel = "backward|forward|full[-transitive]",
            converter = LevelWord.class,
            description = {
                "`backward` (unless said): the newer one reads what the older one has written. `forward`: the other way"
                        + " round. `full`: both. With `-transitive` behind it: for all versions, not the last alone."
            })
    private CompatibilityLevel level = CompatibilityLevel.BACKWARD;

    /** As a pipeline file would write it, or as a registry does. */
    static final class LevelWord implements ITypeConverter<CompatibilityLevel> {
        @Override
        public CompatibilityLevel convert(String word) {
            for (CompatibilityLevel level : CompatibilityLevel.values()) {
                if (level.word().equalsIgnoreCase(word.replace('_', '-'))) {
                    return level;
                }
            }
            throw new TypeConversionException("no level");
        }
    }

    SchemaCheckVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        NamedSchema next = arguments.one(newer);
        List<NamedSchema> before = new ArrayList<>();
        for (String argument : level.among(older)) {
            before.addAll(level.isTransitive() ? arguments.all(argument) : List.of(arguments.one(argument)));
        }
        CheckAnswer answer = CheckAnswer.of(level, next, before);
        screen.result(format == Format.JSON ? CheckJson.write(answer) : CheckText.write(answer));
        return answer.isCompatible() ? ExitCode.DONE : ExitCode.NO;
    }
}
