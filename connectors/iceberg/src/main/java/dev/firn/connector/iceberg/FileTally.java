package dev.firn.connector.iceberg;

import dev.firn.spi.sink.TableRecount.Faults;
import dev.firn.spi.sink.TableRecount.Files;
import dev.firn.spi.sink.TableRecount.Progress;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.jspecify.annotations.Nullable;

/** Counts files in a few threads; no more than a few wait for them, so a table may have any number of files. */
final class FileTally implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int NAMED = 5;
    private static final long LOOK_MILLIS = 200;

    /** Whose file it is. */
    enum Owner {
        PIPELINE,
        SOMEBODY_ELSE
    }

    private interface Look {
        void look() throws RowsInFile.Fault;
    }

    private final RowsInFile rowsInFile;
    private final long expected;
    private final Progress progress;
    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(WAITING);
    private final PathSet paths = new PathSet();
    private final List<String> faults = new ArrayList<>();

    private final Map<Owner, Long> files = new EnumMap<>(Owner.class);
    private final Map<Owner, Long> rows = new EnumMap<>(Owner.class);
    private long faulty;
    private long done;
    private @Nullable RuntimeException failure;

    /** @param expected how many files there are, for whoever waits */
    FileTally(RowsInFile rowsInFile, long expected, Progress progress) {
        this.rowsInFile = rowsInFile;
        this.expected = expected;
        this.progress = progress;
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "firn-recount");
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            return thread;
        });
    }

    void add(DataFile file, Owner owner) {
        paths.add(file.path());
        look(() -> counted(owner, rowsInFile.count(file)));
    }

    /** What a delete file takes away is seen by whoever reads the table; here it must only be there. */
    void add(DeleteFile file) {
        look(() -> rowsInFile.found(file));
    }

    synchronized void fault(String words) {
        faulty++;
        if (faults.size() < NAMED) {
            faults.add(words);
        }
    }

    private void look(Look look) {
        takePlaces(1);
        threads.execute(() -> {
            try {
                look.look();
            } catch (RowsInFile.Fault fault) {
                fault(String.valueOf(fault.getMessage()));
            } catch (RuntimeException unknown) {
                failed(unknown);
            } finally {
                looked();
                places.release();
            }
        });
    }

    private void takePlaces(int count) {
        try {
            while (!places.tryAcquire(count, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop while it counted files", e);
        }
        tell();
    }

    private void tell() {
        long now;
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            now = done;
        }
        progress.counted(now, expected);
    }

    private synchronized void counted(Owner owner, long inFile) {
        files.merge(owner, 1L, Long::sum);
        rows.merge(owner, inFile, Long::sum);
    }

    private synchronized void looked() {
        done++;
    }

    private synchronized void failed(RuntimeException unknown) {
        if (failure == null) {
            failure = unknown;
        }
    }

    /** Returns when all files are counted. */
    void finish() {
        takePlaces(WAITING);
        long twice = paths.twice();
        if (twice > 0) {
            fault(twice == 1 ? "a data file is in the table twice" : twice + " data files are in the table twice");
        }
    }

    synchronized Files of(Owner owner) {
        return new Files(files.getOrDefault(owner, 0L), rows.getOrDefault(owner, 0L));
    }

    synchronized Faults faults() {
        return new Faults(faulty, faults);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
