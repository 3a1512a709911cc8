package dev.firn.definition.reference;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Resolves references from environment variables, files and a folder of secrets. */
public final class SystemReferences implements ReferenceResolver {

    /** Names the folder in which {@code ${secret:x}} looks for the file {@code x}. */
    public static final String SECRETS_VARIABLE = "FIRN_SECRETS";

    private static final String DEFAULT_SECRETS = "/run/secrets";

    private final Map<String, String> environment;
    private final Path base;

    /**
     * @param environment the variables to look in
     * @param base what relative paths are relative to
     */
    public SystemReferences(Map<String, String> environment, Path base) {
        this.environment = Map.copyOf(environment);
        this.base = base;
    }

    /** What a process that runs a pipeline inside itself sets instead of a variable, which it can't: {@code firn.env.X}. */
    public static final String PROPERTY_PREFIX = "firn.env.";

    /** The variables of this process, and paths relative to where it was started. */
    public static SystemReferences ofThisProcess() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROPERTY_PREFIX))
                .forEach(name ->
                        environment.put(name.substring(PROPERTY_PREFIX.length()), System.getProperty(name, "")));
        return new SystemReferences(environment, Path.of(""));
    }

    @Override
    public String resolve(String raw) {
        return References.replace(raw, this::value);
    }

    private String value(Reference reference) {
        return switch (reference.kind()) {
            case ENV -> variable(reference);
            case FILE -> file(reference);
            case SECRET -> secret(reference);
        };
    }

    private String variable(Reference reference) {
        return Optional.ofNullable(environment.get(reference.name()))
                .or(reference::detail)
                .orElseThrow(() -> new UnresolvedReference(
                        reference.raw(), "the environment variable `" + reference.name() + "` is not set"));
    }

    private String file(Reference reference) {
        Path path = base.resolve(reference.name());
        String text = text(reference, path)
                .orElseThrow(
                        () -> new UnresolvedReference(reference.raw(), "there is no file `" + reference.name() + "`"));
        return reference.detail().map(key -> property(reference, text, key)).orElseGet(() -> withoutLastBreak(text));
    }

    private static String property(Reference reference, String text, String key) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnresolvedReference(reference.raw(), "the file is not a properties file");
        }
        return Optional.ofNullable(properties.getProperty(key))
                .orElseThrow(() -> new UnresolvedReference(reference.raw(), "the file has no key `" + key + "`"));
    }

    private String secret(Reference reference) {
        Path folder = base.resolve(environment.getOrDefault(SECRETS_VARIABLE, DEFAULT_SECRETS));
        String variable = reference.name().replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
        return text(reference, folder.resolve(reference.name()))
                .map(SystemReferences::withoutLastBreak)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .orElseThrow(() -> new UnresolvedReference(
                        reference.raw(),
                        "there is neither a file `" + folder.resolve(reference.name())
                                + "` nor an environment variable `" + variable + "`"));
    }

    private static Optional<String> text(Reference reference, Path path) {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnresolvedReference(reference.raw(), "the file `" + path + "` can't be read as UTF-8 text");
        }
    }

    /** Editors and `echo` end a file with a line break that nobody means. */
    private static String withoutLastBreak(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
