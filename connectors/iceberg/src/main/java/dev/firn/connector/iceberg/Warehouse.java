package dev.firn.connector.iceberg;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a catalog keeps its tables, and whether a {@code hadoop} catalog may: it commits by renaming a file. */
final class Warehouse {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

    /** Renaming is one atomic step there, and fails if the target exists. */
    private static final Set<String> RENAMING = Set.of("file", "hdfs", "viewfs", "ofs", "o3fs");

    private Warehouse() {}

    /** The scheme of a location on which a {@code hadoop} catalog would lose commits. */
    static Optional<String> unsafeScheme(String location) {
        return scheme(location).filter(scheme -> !RENAMING.contains(scheme));
    }

    static String complaint(String scheme) {
        return "a catalog of type `hadoop` can't commit safely on `" + scheme
                + "`: renaming a file is not one step there, so two commits at a time can lose one";
    }

    /** A location without a scheme is a folder of this machine; absolute, because table metadata repeats it for ever. */
    static String absolute(String location) {
        return scheme(location).isPresent()
                ? location
                : Path.of(location).toAbsolutePath().normalize().toString();
    }

    private static Optional<String> scheme(String location) {
        Matcher matcher = SCHEME.matcher(location);
        return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
