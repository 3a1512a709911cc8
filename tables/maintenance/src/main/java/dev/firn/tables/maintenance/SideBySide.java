package dev.firn.tables.maintenance;

import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.iceberg.util.ThreadPools;

/** Reads many small files in Iceberg's own threads: on a store that is far away each takes its time. */
final class SideBySide {

    private SideBySide() {}

    /** The answers in the order of the questions; the first failure of one is thrown. */
    static <T, R> List<R> ask(Collection<T> questions, Function<T, R> answer) {
        List<Future<R>> asked = new ArrayList<>();
        for (T question : questions) {
            asked.add(ThreadPools.getWorkerPool().submit(() -> answer.apply(question)));
        }
        List<R> answers = new ArrayList<>();
        try {
            for (Future<R> one : asked) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("our bug: a file could not be read", e.getCause());
        } finally {
            asked.forEach(one -> one.cancel(true));
        }
    }
}
