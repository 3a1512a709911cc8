package dev.firn.connector.iceberg;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.OutputFile;

/** Files in a folder, some of whose places may be read and not written to. A test is often run by root, whom permissions do not stop. */
public final class RefusingFileIO extends HadoopFileIO {

    private static final long serialVersionUID = 1L;

    private static final Set<String> READ_ONLY = ConcurrentHashMap.newKeySet();

    /** @param part of the paths that may only be read */
    static void refuse(String part) {
        READ_ONLY.add(part);
    }

    static void allow(String part) {
        READ_ONLY.remove(part);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        if (READ_ONLY.stream().anyMatch(path::contains)) {
            throw new UncheckedIOException(new AccessDeniedException(path));
        }
        return super.newOutputFile(path);
    }
}
