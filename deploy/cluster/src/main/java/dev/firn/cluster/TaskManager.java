package dev.firn.cluster;

import java.nio.file.Path;

/**
 * A process that runs tasks.
 *
 * @param id how the cluster calls it
 * @param log what it has to say
 */
public record TaskManager(String id, Process process, Path log) {

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is closed, flushed or told. Returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
