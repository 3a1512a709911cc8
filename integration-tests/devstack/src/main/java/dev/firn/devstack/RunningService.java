package dev.firn.devstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A service's process, from its start to its end. */
record RunningService(ReadyService ready, Process process) implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final long LIMIT_SECONDS = 60;

    /** Returns when the service answers; takes new ports when another process was quicker to bind one. */
    static RunningService start(Service service, Path log) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(service, log, Ports.free());
            } catch (IOException problem) {
                throw new DevstackException("can't start the " + service.name() + ": " + problem.getMessage(), problem);
            } catch (DevstackException problem) {
                if (attempt == ATTEMPTS || !portWasTaken(problem)) {
                    throw problem;
                }
            }
        }
    }

    private static RunningService startOnce(Service service, Path log, int port) throws IOException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(service.command(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            awaitReady(service, process, port, log);
        } catch (RuntimeException problem) {
            process.destroyForcibly();
            throw problem;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new RunningService(
                new ReadyService(service.name(), service.description(), service.address(port), seconds), process);
    }

    private static void awaitReady(Service service, Process process, int port, Path log) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!service.answers(port)) {
            if (endsWithin(process, 20)) {
                throw new DevstackException("the " + service.name() + " ended with status " + process.exitValue()
                        + " before it was ready:\n  " + Folders.lastLines(log));
            }
            if (System.nanoTime() > deadline) {
                throw new DevstackException("the " + service.name() + " is not ready after " + LIMIT_SECONDS + " s:\n  "
                        + Folders.lastLines(log));
            }
        }
    }

    /** Kafka and Quarkus word it differently: {@code Address already in use}, {@code Port 41081 seems to be in use}. */
    private static boolean portWasTaken(DevstackException problem) {
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("in use") || message.contains("already bound");
    }

    /** Lets go of the leash, which ends the process. */
    void release() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then there is nothing left to end.
        }
    }

    @Override
    public void close() {
        release();
        if (!endsWithin(process, 5_000)) {
            process.destroyForcibly();
            endsWithin(process, 5_000);
        }
    }

    private static boolean endsWithin(Process process, long milliseconds) {
        try {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while waiting for a service", interrupted);
        }
    }
}
