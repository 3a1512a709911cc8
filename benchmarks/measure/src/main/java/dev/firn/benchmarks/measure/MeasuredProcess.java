package dev.firn.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * The main part of a process that is measured. Takes the file with its {@link Work}, and {@code forever} where latency is
 * measured, and says on standard output, fields separated by tabs:
 *
 * <pre>
 * repetition  NUMBER  CPU-NANOSECONDS  WALL-NANOSECONDS  COLLECTING-MILLISECONDS     after each
 * peak        BYTES                                                                  the most memory that was resident
 * </pre>
 *
 * CPU time is user and system time of the whole process from before a repetition to after it, its compiler, its garbage
 * collector and the start and end of its job with it.
 */
public final class MeasuredProcess {

    private static final String PEAK = "VmHWM:";

    /** Standard output is ours; whatever a library prints goes to standard error. */
    private static final PrintStream OUTPUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private MeasuredProcess() {}

    /** Does the work and ends the process, whatever threads libraries have left behind: 0, or 1 with a stack trace. */
    public static void run(List<String> arguments, Candidate candidate) {
        System.setOut(System.err);
        int status = 0;
        try {
            Work work = Work.read(Path.of(arguments.get(0)));
            if (arguments.contains("forever")) {
                candidate.runForever(work);
            } else {
                measure(work, candidate);
            }
        } catch (Throwable problem) { // a process that is measured must not go on half alive
            problem.printStackTrace();
            status = 1;
        }
        OUTPUT.flush();
        System.err.flush();
        finishRecordings();
        Runtime.getRuntime().halt(status);
    }

    private static void measure(Work work, Candidate candidate) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int repetition = 0; repetition < work.repetitions(); repetition++) {
            System.gc();
            long collecting = collecting();
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            candidate.run(work, repetition);
            OUTPUT.printf(
                    "repetition\t%d\t%d\t%d\t%d%n",
                    repetition, system.getProcessCpuTime() - cpu, System.nanoTime() - wall, collecting() - collecting);
        }
        OUTPUT.printf("peak\t%d%n", peak());
    }

    /** Where the process is profiled: what ends it below leaves no time for what usually writes the file. */
    private static void finishRecordings() {
        if (FlightRecorder.isInitialized()) {
            FlightRecorder.getFlightRecorder().getRecordings().forEach(Recording::stop);
        }
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** In bytes; Linux says it in kB. */
    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
