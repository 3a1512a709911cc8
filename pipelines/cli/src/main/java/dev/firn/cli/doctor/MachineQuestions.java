package dev.firn.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run needs of the machine. */
public final class MachineQuestions {

    private static final String ABOUT = "this machine";
    private static final int JAVA = 17;
    private static final long MEBIBYTE = 1 << 20;

    /** A process with one pipeline, one more for the system. */
    private static final long ENOUGH_MEMORY = 2048 * MEBIBYTE;

    private static final long ENOUGH_DISK = 1024 * MEBIBYTE;

    /** Libraries and jars, connections, and the data files of a small pipeline. */
    private static final long ENOUGH_FILES = 4096;

    private MachineQuestions() {}

    /** @param state the folder that a run would keep its checkpoints in; nothing is made there */
    public static List<Question> of(Path state) {
        return List.of(new Question(ABOUT, new HealthCheck("this machine", () -> look(state))));
    }

    private static List<Health> look(Path state) {
        return List.of(java(Runtime.version().feature()), memory(), files(), folder(state), disk(state));
    }

    static Health java(int version) {
        return version == JAVA
                ? Health.well("Java", "version " + version)
                : Health.unwell(
                        "Java", "version " + version, "run Firn on Java " + JAVA + ": Flink 1.18 knows no other");
    }

    private static Health memory() {
        OperatingSystemMXBean system = (OperatingSystemMXBean)
                ManagementFactory.getPlatformMXBean(java.lang.management.OperatingSystemMXBean.class);
        return memory(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
    }

    static Health memory(long total, long heap) {
        String seen = String.format(
                "%,d MiB; this process may use %,d MiB of it (`FIRN_HEAP`)", total / MEBIBYTE, heap / MEBIBYTE);
        return total >= ENOUGH_MEMORY
                ? Health.well("memory", seen)
                : Health.unwell("memory", seen, "have 2 GiB at least");
    }

    private static Health files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? files(unix.getMaxFileDescriptorCount())
                : Health.notTried("open files", "this system does not say how many there may be");
    }

    static Health files(long most) {
        String seen = String.format("%,d at most", most);
        return most >= ENOUGH_FILES
                ? Health.well("open files", seen)
                : Health.unwell("open files", seen, "raise it, with `ulimit -n 65536` for instance");
    }

    /** What is not there yet is made in the nearest folder above that is. */
    private static Health folder(Path state) {
        Path there = existing(state);
        String seen = "`" + state + "`" + (there.equals(state.toAbsolutePath()) ? "" : ", which the first run makes");
        return Files.isDirectory(there) && Files.isWritable(there)
                ? Health.well("state folder", seen)
                : Health.unwell("state folder", "`" + there + "` can't be written to", "let this user write there");
    }

    private static Health disk(Path state) {
        try {
            return disk(Files.getFileStore(existing(state)).getUsableSpace());
        } catch (IOException e) {
            return Health.notTried("disk space", "the disk does not say what is free: " + e.getMessage());
        }
    }

    static Health disk(long free) {
        String seen = String.format("%,d MiB free where the state is", free / MEBIBYTE);
        return free >= ENOUGH_DISK
                ? Health.well("disk space", seen)
                : Health.unwell("disk space", seen, "have 1 GiB free at least");
    }

    private static Path existing(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
