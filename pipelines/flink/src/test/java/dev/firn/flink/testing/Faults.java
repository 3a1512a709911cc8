package dev.firn.flink.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes wrong, by the words for an operation: {@code append}, {@code commit sales.orders}. */
public final class Faults {

    private enum When {
        NEVER,
        BEFORE,
        AFTER
    }

    private record Fault(When when, Throwable failure) {}

    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Throwable> always = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();

    /** The next time the operation fails and has not happened. */
    public synchronized void once(String operation, Throwable failure) {
        add(operation, new Fault(When.BEFORE, failure));
    }

    /** The next time the operation happens and its answer is lost. */
    public synchronized void loseAnswer(String operation, Throwable failure) {
        add(operation, new Fault(When.AFTER, failure));
    }

    /** The next times nothing goes wrong. */
    public synchronized void pass(String operation, int times) {
        for (int time = 0; time < times; time++) {
            add(operation, new Fault(When.NEVER, new IllegalStateException()));
        }
    }

    /** What happens in the middle of the operation, each time. */
    public synchronized void meanwhile(String operation, Runnable what) {
        meanwhile.put(operation, what);
    }

    public synchronized void always(String operation, Throwable failure) {
        always.put(operation, failure);
    }

    public synchronized void mend(String operation) {
        always.remove(operation);
    }

    private void add(String operation, Fault fault) {
        next.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(fault);
    }

    private synchronized @Nullable Fault take(String operation) {
        Throwable forEver = always.get(operation);
        if (forEver != null) {
            return new Fault(When.BEFORE, forEver);
        }
        Deque<Fault> faults = next.get(operation);
        return faults == null ? null : faults.poll();
    }

    private synchronized Runnable meanwhileOf(String operation) {
        return meanwhile.getOrDefault(operation, () -> {});
    }

    <T> T call(String operation, Supplier<T> effect) {
        Fault fault = take(operation);
        meanwhileOf(operation).run();
        if (fault != null && fault.when() == When.BEFORE) {
            throw Faults.<RuntimeException>sneaky(fault.failure());
        }
        T result = effect.get();
        if (fault != null && fault.when() == When.AFTER) {
            throw Faults.<RuntimeException>sneaky(fault.failure());
        }
        return result;
    }

    void run(String operation, Runnable effect) {
        call(operation, () -> {
            effect.run();
            return Boolean.TRUE;
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Throws an Error or what is checked as it is.
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
