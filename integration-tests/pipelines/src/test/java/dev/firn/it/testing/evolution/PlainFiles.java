package dev.firn.it.testing.evolution;

import java.io.File;
import java.net.URI;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Files on this machine, written by Java alone: Hadoop starts a process for each, to set its mode. */
public final class PlainFiles implements FileIO {

    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String path) {
        return Files.localInput(file(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return Files.localOutput(file(path));
    }

    @Override
    public void deleteFile(String path) {
        if (!file(path).delete()) {
            throw new IllegalStateException("not deleted: " + path);
        }
    }

    private static File file(String path) {
        return path.startsWith("file:") ? new File(URI.create(path)) : new File(path);
    }
}
