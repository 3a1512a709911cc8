package dev.firn.cli.doctor;

import dev.firn.cli.Failure;
import dev.firn.spi.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks all questions at once, waits for each no longer than its patience, and tells the answers in the order of the questions. */
public final class Doctor {

    private final Duration patience;

    /** @param patience with all of them, since all are asked at once */
    public Doctor(Duration patience) {
        this.patience = patience;
    }

    /** Calls {@code each} as soon as an answer, and all before it, are there. */
    public List<Answer> ask(List<Question> questions, Consumer<Answer> each) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "firn-doctor");
            // One that hangs must not keep the process.
            thread.setDaemon(true);
            return thread;
        });
        try {
            long until = System.nanoTime() + patience.toNanos();
            List<Future<List<Health>>> asked = new ArrayList<>();
            questions.forEach(question ->
                    asked.add(threads.submit(() -> question.check().look().look())));
            List<Answer> answers = new ArrayList<>();
            for (int index = 0; index < questions.size(); index++) {
                Question question = questions.get(index);
                Answer answer = new Answer(question.about(), answer(question, asked.get(index), until));
                each.accept(answer);
                answers.add(answer);
            }
            return List.copyOf(answers);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Health> answer(Question question, Future<List<Health>> asked, long until) {
        String what = question.check().what();
        try {
            return asked.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Health.unwell(
                    what, "no answer within " + patience.toSeconds() + " s", "see whether it is reachable from here"));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            return List.of(Health.unwell(what, Failure.of(cause).sentence()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Health.notTried(what, "interrupted"));
        }
    }
}
