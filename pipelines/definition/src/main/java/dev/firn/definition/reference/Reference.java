package dev.firn.definition.reference;

import java.util.Optional;

/**
 * One reference inside a text.
 *
 * @param raw as the file has it, such as {@code ${env:KAFKA:-localhost:9092}}
 * @param name the variable, the file or the secret
 * @param detail the default of a variable, the key inside a file
 */
public record Reference(String raw, Kind kind, String name, Optional<String> detail) {

    /** Where the value comes from. */
    public enum Kind {
        /** An environment variable. */
        ENV,
        /** A file's text, or one key of a properties file. */
        FILE,
        /** A file in the secrets folder, or else an environment variable. */
        SECRET
    }
}
