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

    private TextFile() {}

    /** Empty where something was reported. */
    public static Optional<String> read(Path file, Diagnostics diagnostics) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no file `" + file + "`", diagnostics);
        } catch (CharacterCodingException e) {
            return unreadable(file, "the file `" + file + "` is not UTF-8 text", diagnostics);
        } catch (IOException e) {
            String what = Files.isDirectory(file) ? "is a folder" : "can't be read";
            return unreadable(file, "the file `" + file + "` " + what, diagnostics);
        }
    }

    private static Optional<String> unreadable(Path file, String message, Diagnostics diagnostics) {
        diagnostics.report(
                Diagnostic.error(DefinitionCode.UNREADABLE_FILE, SourceSpan.startOf(file.toString()), message));
        return Optional.empty();
    }
}
