package dev.firn.connector.iceberg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's file system for local folders, which asks the system itself for a file's permissions. Hadoop's own starts a process,
 * {@code chmod}, up to four times for each file that is written, wherever its native library is not installed.
 */
public final class LocalFiles extends LocalFileSystem {

    private static final String SETTING = "fs.file.impl";

    /** For Hadoop, which makes it by its name. */
    public LocalFiles() {
        super(new Raw());
    }

    /** What Hadoop reads from its own files, with these local files unless those name others. */
    static Configuration configuration() {
        Configuration configuration = new Configuration();
        if (configuration.get(SETTING) == null) {
            configuration.set(SETTING, LocalFiles.class.getName());
        }
        return configuration;
    }

    private static final class Raw extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            java.nio.file.Path file;
            try {
                file = pathToFile(path).toPath();
            } catch (InvalidPathException e) {
                // A name that the process's locale can't write.
                super.setPermission(path, permission);
                return;
            }
            if (permission.getStickyBit()
                    || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                super.setPermission(path, permission);
                return;
            }
            try {
                Files.setPosixFilePermissions(file, permissions(permission));
            } catch (NoSuchFileException e) {
                // Hadoop's callers may ask for the kind of failure that its own file system has.
                throw (IOException) new java.io.FileNotFoundException(e.getMessage()).initCause(e);
            }
        }

        private static Set<PosixFilePermission> permissions(FsPermission permission) {
            return PosixFilePermissions.fromString(permission.getUserAction().SYMBOL
                    + permission.getGroupAction().SYMBOL
                    + permission.getOtherAction().SYMBOL);
        }
    }
}
