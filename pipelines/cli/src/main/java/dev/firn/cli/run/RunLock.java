package dev.firn.cli.run;

import dev.firn.flink.local.LocalFolders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held while a pipeline runs from a folder; the system lets go of it however the process ends. A second run would resume
 * from a checkpoint that the first one is about to remove.
 */
public final class RunLock implements AutoCloseable {

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    public static RunLock take(LocalFolders folders) throws IOException, AlreadyRunning {
        Files.createDirectories(folders.root());
        FileChannel channel = FileChannel.open(
                folders.root().resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new AlreadyRunning(
                    "the pipeline runs already, with its state in `" + folders.root() + "`; stop that run first");
        }
        return new RunLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
