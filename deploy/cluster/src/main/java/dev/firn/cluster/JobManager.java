package dev.firn.cluster;

/**
 * A process that leads jobs, or stands by.
 *
 * @param name how its log is called
 * @param rest what it answers; one that stands by asks the leader
 */
record JobManager(String name, Process process, RestPage rest) {

    long pid() {
        return process.pid();
    }
}
