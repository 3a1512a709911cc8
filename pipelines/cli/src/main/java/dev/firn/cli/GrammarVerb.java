package dev.firn.cli;

import dev.firn.cli.grammar.FileSchema;
import dev.firn.cli.grammar.ReferencePage;
import dev.firn.spi.Connectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what may stand in the files, for editors and for readers. */
@Command(
        name = "grammar",
        description = "Prints the words of the pipeline file: a JSON Schema for editors, or the reference.",
        sortOptions = false,
        customSynopsis = "firn grammar [--format json-schema|markdown] [--project]",
        footer = {"firn grammar > pipeline-file.schema.json", "firn grammar --format markdown"})
final class GrammarVerb extends Verb {

    /** How the grammar is written. */
    enum Notation {
        JSON_SCHEMA("json-schema"),
        MARKDOWN("markdown");

        private final String word;

        Notation(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Option(
            names = "--format",
            paramLabel = "json-schema|markdown",
            description = "How it is written; as a JSON Schema, draft 7, unless said. The markdown has both files.")
    private Notation format = Notation.JSON_SCHEMA;

    @Option(names = "--project", description = "The JSON Schema of `firn.yaml` instead.")
    private boolean project;

    GrammarVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Connectors connectors = Connectors.load(GrammarVerb.class.getClassLoader());
        if (format == Notation.MARKDOWN) {
            screen.result(ReferencePage.of(connectors));
        } else {
            screen.result(project ? FileSchema.project() : FileSchema.pipeline(connectors));
        }
        return ExitCode.DONE;
    }
}
