package dev.firn.tables.maintenance;

import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** Rewrites the groups of one plan side by side, and commits them as they come, so that what is done stays done. */
final class CompactionRound {

    private static final int GROUPS_IN_A_COMMIT = 10;

    private final Rewriting rewriting;
    private final Table table;
    private final FileGroups plan;
    private final Work work;
    private final List<String> failures = new ArrayList<>();

    /** Written, and not known to be in the table. */
    private final List<DataFile> pending = new ArrayList<>();

    private int groups;
    private long files;
    private int conflicts;

    /** @param table as it was planned */
    CompactionRound(Rewriting rewriting, Table table, FileGroups plan, Work work) {
        this.rewriting = rewriting;
        this.table = table;
        this.plan = plan;
        this.work = work;
    }

    /** That are in the table. */
    int groups() {
        return groups;
    }

    /** That these took the place of. */
    long files() {
        return files;
    }

    /** Groups that did not fit any more. */
    int conflicts() {
        return conflicts;
    }

    /** Why groups could not be rewritten, a sentence each. */
    List<String> failures() {
        return failures;
    }

    void run(long targetFileSize, Consumer<String> progress) {
        ExecutorService threads = Executors.newFixedThreadPool(work.threads(), CompactionRound::thread);
        try {
            CompletionService<GroupRewrite.Written> done = new ExecutorCompletionService<>(threads);
            plan.groups().forEach(group -> done.submit(new GroupRewrite(table, group, targetFileSize, work)));
            int left = plan.groups().size();
            while (left > 0) {
                List<Future<GroupRewrite.Written>> some = next(done);
                left -= some.size();
                commit(some.stream().flatMap(one -> written(one).stream()).toList());
                progress.accept(rewriting.table() + ": " + (plan.groups().size() - left) + " of "
                        + plan.groups().size() + " groups of files rewritten");
            }
        } finally {
            threads.shutdownNow();
            Discarded.files(
                    table, pending.stream().map(file -> file.path().toString()).toList());
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "firn-compaction");
        thread.setDaemon(true);
        return thread;
    }

    /** Some that are done, at least one. */
    private static List<Future<GroupRewrite.Written>> next(CompletionService<GroupRewrite.Written> done) {
        try {
            List<Future<GroupRewrite.Written>> some = new ArrayList<>();
            some.add(done.take());
            while (some.size() < GROUPS_IN_A_COMMIT) {
                Future<GroupRewrite.Written> more = done.poll();
                if (more == null) {
                    break;
                }
                some.add(more);
            }
            return some;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop", e);
        }
    }

    /** Empty where it has failed. */
    private List<GroupRewrite.Written> written(Future<GroupRewrite.Written> done) {
        try {
            GroupRewrite.Written written = done.get(0, TimeUnit.SECONDS);
            pending.addAll(written.files());
            return List.of(written);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof OutsideException told)) {
                throw new IllegalStateException("our bug: files could not be rewritten", e.getCause());
            }
            failures.add("files could not be rewritten: " + told.getMessage());
            return List.of();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("our bug: what was done is not done", e);
        }
    }

    /** All at once, or, where that does not fit, one by one. */
    private void commit(List<GroupRewrite.Written> written) {
        if (written.isEmpty() || isCommitted(written)) {
            return;
        }
        if (written.size() == 1) {
            conflicts++;
            return;
        }
        for (GroupRewrite.Written one : written) {
            if (pending.containsAll(one.files()) && !isCommitted(List.of(one))) {
                conflicts++;
            }
        }
    }

    private boolean isCommitted(List<GroupRewrite.Written> written) {
        List<DataFile> added =
                written.stream().flatMap(group -> group.files().stream()).toList();
        // Before the outcome is known, and where it never is, the files must stay.
        pending.removeAll(added);
        Rewriting.Outcome outcome = rewriting.commit(plan.snapshot(), rewrite -> fill(rewrite, written));
        if (outcome == Rewriting.Outcome.LANDED) {
            groups += written.size();
            files += written.stream().mapToLong(group -> group.group().size()).sum();
            return true;
        }
        if (outcome == Rewriting.Outcome.CONFLICT) {
            pending.addAll(added);
        }
        return false;
    }

    private void fill(RewriteFiles rewrite, List<GroupRewrite.Written> written) {
        TableMetadata metadata = TableLock.metadata(table);
        if (metadata.formatVersion() > 1) {
            // So that deletes which come meanwhile still concern these rows.
            rewrite.dataSequenceNumber(plan.sequence());
        }
        for (GroupRewrite.Written group : written) {
            group.group().forEach(task -> rewrite.deleteFile(task.file()));
            group.files().forEach(rewrite::addFile);
        }
    }
}
