package dev.firn.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether two class paths have the same Firn. A version that is not released yet says nothing of it, so jars are compared, as far as those of
 * the other are on this machine.
 */
record SameBuild(List<String> theirs, List<String> own) {

    private static final String FIRN = "firn-";

    /** The name of a jar that differs. */
    Optional<String> difference() {
        Map<String, Path> ours = new HashMap<>();
        own.stream().map(Path::of).filter(SameBuild::isFirns).forEach(jar -> ours.put(name(jar), jar));
        return theirs.stream()
                .map(Path::of)
                .filter(jar -> isFirns(jar) && differs(jar, Optional.ofNullable(ours.get(name(jar)))))
                .map(SameBuild::name)
                .findFirst();
    }

    private static boolean isFirns(Path jar) {
        return name(jar).startsWith(FIRN) && name(jar).endsWith(".jar");
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    private static boolean differs(Path jar, Optional<Path> own) {
        if (own.isEmpty() || !Files.isReadable(jar)) {
            return false;
        }
        try {
            return Files.mismatch(jar, own.get()) >= 0;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
