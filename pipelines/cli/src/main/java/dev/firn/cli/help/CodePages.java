package dev.firn.cli.help;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.plan.against.AgainstCode;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.StopCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The codes that have a help page: every module brings its own under {@code help/} on the class path. */
public final class CodePages {

    private static final String FOLDER = "help/";
    private static final String ENDING = ".md";

    private CodePages() {}

    /** Those of complaints about a file; reasons for quarantine, why jobs end, and what plans differ in have pages too. */
    public static NavigableSet<String> ofDiagnostics() {
        NavigableSet<String> codes = codes();
        Stream.of(RejectCode.values()).map(RejectCode::word).forEach(codes::remove);
        Stream.of(StopCode.values()).map(StopCode::word).forEach(codes::remove);
        Stream.of(AgainstCode.values()).map(AgainstCode::code).forEach(codes::remove);
        Stream.of(DefinitionCode.values()).map(DefinitionCode::code).forEach(codes::add);
        return codes;
    }

    static NavigableSet<String> codes() {
        NavigableSet<String> codes = new TreeSet<>();
        try {
            for (URL folder : Collections.list(CodePages.class.getClassLoader().getResources("help"))) {
                names(folder).stream()
                        .filter(file -> file.endsWith(ENDING))
                        .map(file -> file.substring(0, file.length() - ENDING.length()))
                        .forEach(codes::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the help pages can't be listed", e);
        }
        return codes;
    }

    private static List<String> names(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER))
                        .map(name -> name.substring(FOLDER.length()))
                        .toList();
            }
        }
        try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
            return files.map(Path::getFileName).map(String::valueOf).toList();
        }
    }
}
