package dev.firn.cli.fmt;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Replaces a file as a whole: who reads it, or pulls the plug, finds the old one or the new one. */
public final class Replacement {

    private Replacement() {}

    /**
     * Writes the new text where a link leads, with the old file's owner and permissions.
     *
     * @param before what was read; a file that says something else by now is left alone
     */
    public static void write(Path file, String before, String after) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isWritable(real)) {
            throw new AccessDeniedException(file.toString(), null, "it is read-only");
        }
        Path fresh = Files.createTempFile(real.getParent(), ".firn-fmt-", ".yaml");
        try {
            Files.writeString(fresh, after);
            takeOver(real, fresh);
            if (!Files.readString(real).equals(before)) {
                throw new FileSystemException(file.toString(), null, "somebody else has just changed it");
            }
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void takeOver(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!now.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }
}
