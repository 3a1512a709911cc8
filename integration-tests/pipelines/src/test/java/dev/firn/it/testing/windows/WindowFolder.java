package dev.firn.it.testing.windows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a test and the processes of a cluster speak about a window: by files.
 *
 * <pre>
 *   armed            by the test: the window to stop in
 *   epoch            by the sink: the first epoch that came to the ledger since
 *   stopped-TABLE    by the sink: waits in front of this table
 *   landed-TABLE     by the sink: the epoch is in this table
 *   held             by the sink: a writer keeps the next checkpoint from completing
 * </pre>
 */
public record WindowFolder(Path folder) {

    private static final String ARMED = "armed";
    private static final String EPOCH = "epoch";
    private static final String STOPPED = "stopped-";
    private static final String LANDED = "landed-";
    private static final String HELD = "held";
    private static final long LOOK = Duration.ofMillis(10).toNanos();

    /** From now on the next epoch with rows stops in the window. */
    public void arm(Window window) {
        // One who was stopped and went on may have left something since.
        disarm();
        write(ARMED, window.name());
    }

    /** The window's epoch, as soon as it stands where the window says. */
    public Optional<CaughtEpoch> reached() {
        Optional<CaughtEpoch> caught = epoch();
        Optional<Window> window = armed();
        if (caught.isEmpty() || window.isEmpty()) {
            return Optional.empty();
        }
        Set<String> tables = caught.get().tables();
        boolean there =
                switch (window.get()) {
                    case CONFIRMED -> true;
                    case WRITTEN_AHEAD -> named(STOPPED).equals(tables);
                    case HALF_COMMITTED -> named(STOPPED).size() == 1
                            && named(LANDED).size() == tables.size() - 1;
                    case COMMITTED -> named(LANDED).equals(tables) && files().contains(HELD);
                };
        return there ? caught : Optional.empty();
    }

    /** Whoever waits goes on; whoever comes is not stopped. */
    public void disarm() {
        for (String file : files()) {
            if (file.equals(ARMED)) {
                delete(file);
            }
        }
        // Last, for one who sees the window armed must not find half of what belongs to it.
        files().forEach(this::delete);
    }

    Optional<Window> armed() {
        return read(ARMED).map(Window::valueOf);
    }

    Optional<CaughtEpoch> epoch() {
        return read(EPOCH).map(CaughtEpoch::parse);
    }

    void caught(CaughtEpoch epoch) {
        write(EPOCH, epoch.text());
    }

    void landed(String table) {
        write(LANDED + table, "");
    }

    void held() {
        write(HELD, "");
    }

    void stopped(String table) {
        write(STOPPED + table, "");
    }

    /** Whether this table is the one that stops where others go on: the first that asks. */
    boolean stopsFirst(String table) {
        try {
            Files.createFile(folder.resolve("first"));
            stopped(table);
            return true;
        } catch (java.nio.file.FileAlreadyExistsException another) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits in this thread as a slow catalog would: until it goes on, or until somebody interrupts it. */
    static void waitWhile(BooleanSupplier held) {
        while (held.getAsBoolean()) {
            LockSupport.parkNanos(LOOK);
            if (Thread.interrupted()) {
                throw new UncheckedIOException(new InterruptedIOException("interrupted in a window"));
            }
        }
    }

    private Set<String> named(String prefix) {
        return files().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(folder.resolve(file)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all, for others look all the time. */
    private void write(String file, String text) {
        try {
            Path draft = Files.writeString(folder.resolve("." + UUID.randomUUID()), text);
            Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
