package dev.firn.cli;

import picocli.CommandLine.Option;

/** What verbs share that answer a question about schemas. */
abstract class SchemaQuestionVerb extends RegistryVerb {

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    Format format = Format.TEXT;

    SchemaQuestionVerb(Screen screen) {
        super(screen);
    }
}
