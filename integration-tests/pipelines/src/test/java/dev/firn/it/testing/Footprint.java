package dev.firn.it.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code firn} process used.
 *
 * @param residentMiB the most that was resident, as the kernel counts it: heap, native memory, class path and all
 * @param heapMiB the most that the heap held before a collection
 */
public record Footprint(long residentMiB, long heapMiB, long processorSeconds) {

    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(\\d+M\\)");

    /** What makes a process keep the log that {@link Watch#footprint} reads. */
    public static String logTo(Path file) {
        return "-Xlog:gc:file=" + file + "::filecount=0";
    }

    /** Looks at a process again and again: a process that has ended tells nothing. */
    public static final class Watch {

        private final Process process;
        private long residentMiB;
        private Duration processor = Duration.ZERO;

        public Watch(Process process) {
            this.process = process;
        }

        public boolean hasEnded() {
            try {
                Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
                if (matcher.find()) {
                    residentMiB = Math.max(residentMiB, Long.parseLong(matcher.group(1)) / 1024);
                }
            } catch (IOException ended) {
                return true;
            }
            process.info().totalCpuDuration().ifPresent(used -> processor = used);
            return !process.isAlive();
        }

        public Footprint footprint(Path log) throws IOException {
            long heap = 0;
            for (String line : List.of(Files.readString(log).split("\n"))) {
                Matcher matcher = COLLECTION.matcher(line);
                if (matcher.find()) {
                    heap = Math.max(heap, Long.parseLong(matcher.group(1)));
                }
            }
            return new Footprint(residentMiB, heap, processor.toSeconds());
        }
    }
}
