package dev.firn.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs another main class in a process that ends when its standard input does, so when whoever started it is gone. */
final class Leashed {

    private Leashed() {}

    /** Takes the name of the main class and its arguments. */
    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(Leashed::waitForTheEnd, "leash");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    /** Nothing of a cluster whose owner is gone is worth a shutdown in good order; its checkpoints are on disk. */
    private static void waitForTheEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The same as the end of the input.
        }
        Runtime.getRuntime().halt(0);
    }
}
