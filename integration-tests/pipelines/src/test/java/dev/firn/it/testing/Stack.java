package dev.firn.it.testing;

import dev.firn.devstack.DevstackProcess;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The one broker and registry of this test process; names keep tests apart. */
public final class Stack {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Stack() {}

    /** Started with the first use; it ends with this process. */
    private static final class Running {
        private static final DevstackProcess PROCESS = DevstackProcess.start(
                folder().resolve("devstack-" + ProcessHandle.current().pid()));

        static {
            SharedClasses.prepare();
        }
    }

    public static DevstackProcess running() {
        return Running.PROCESS;
    }

    /** A name that no other test has. */
    public static String unique(String name) {
        return name + "_" + NAMES.incrementAndGet();
    }

    /** Where tests leave what they make. */
    public static Path folder() {
        return Path.of(System.getProperty("firn.test.folder", "target/runs"));
    }
}
