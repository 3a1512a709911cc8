package dev.firn.benchmarks.measure;

/** Something that is measured: Firn, or a way to do the same without it. */
public interface Candidate {

    /**
     * Reads each topic from its start to the end that it has now, and returns when all of it is committed to the tables of a
     * namespace. For every candidate but Firn, which makes its own, the tables are there, and empty.
     *
     * @param repetition from 0; the tables are in {@link Work#namespace(int)}
     * @throws Exception if anything of it is not committed
     */
    void run(Work work, int repetition) throws Exception;

    /**
     * Reads what comes until the process is ended, with a commit in each interval; for the measuring of latency. The tables
     * are in the namespace of repetition 0.
     */
    void runForever(Work work) throws Exception;
}
