package dev.firn.cli;

import dev.firn.cli.help.ShellWord;
import dev.firn.definition.project.Layers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The environment that a pipeline file is read with. */
final class EnvironmentArgument {

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "An environment of the project file `firn.yaml`; the first one there unless said.")
    private @Nullable String name;

    Layers around(Path file) {
        String asked = name;
        return asked == null ? Layers.around(file) : Layers.around(file, asked);
    }

    /** A catalog or a file behind it, as the command line names both. */
    String arguments(String word) {
        return name == null ? ShellWord.of(word) : "--env " + ShellWord.of(name) + " " + ShellWord.of(word);
    }

    /** As the command line repeats it where no file says it, with a space behind it. */
    String repeated() {
        return name == null ? "" : "--env " + ShellWord.of(name) + " ";
    }

    PipelineFile pipeline(Path file) {
        return new PipelineFile(file, around(file));
    }
}
