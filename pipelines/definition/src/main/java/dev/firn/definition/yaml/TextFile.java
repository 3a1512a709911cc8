package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a file that the user has named. */
public final class TextFile {

    /** Ten thousand tables take less; where there is more, it is some other file that was meant. */
    private static final long LARGEST = 3 << 20;

    private TextFile() {}

    /** Empty where something was reported. */
    public static Optional<String> read(Path file, Diagnostics diagnostics) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                diagnostics.report(Diagnostic.error(
                                DefinitionCode.UNREADABLE_FILE,
                                SourceSpan.startOf(file.toString()),
                                "the file `" + file + "` is larger than 3 MiB")
                        .expecting("a pipeline, which is some lines long"));
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return unreadable(
                    file,
                    "there is no file `" + file + "`",
                    "name a file by its path from the folder that you are in",
                    diagnostics);
        } catch (CharacterCodingException e) {
            return unreadable(file, "the file `" + file + "` is not UTF-8 text", "save it as UTF-8", diagnostics);
        } catch (IOException e) {
            return Files.isDirectory(file)
                    ? unreadable(file, "the file `" + file + "` is a folder", "name a file in it", diagnostics)
                    : unreadable(
                            file, "the file `" + file + "` can't be read", "see whether you may read it", diagnostics);
        }
    }

    private static Optional<String> unreadable(Path file, String message, String fix, Diagnostics diagnostics) {
        diagnostics.report(
                Diagnostic.error(DefinitionCode.UNREADABLE_FILE, SourceSpan.startOf(file.toString()), message)
                        .fixedBy(fix));
        return Optional.empty();
    }
}
