package dev.firn.schema.registry;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been answered by id, within bounds: the least used schema goes first, and is asked for again. That an id is
 * unknown is fresh for a short time only: it may be registered, or reach a replica, a moment later. Not thread-safe.
 */
final class KnownAnswers {

    static final Duration UNKNOWN_IS_FRESH_FOR = Duration.ofSeconds(30);

    /** Of the texts of schemas, in characters. */
    private static final long MOST_TEXT = 32L << 20;

    private static final int MOST_UNKNOWN = 10_000;

    private final Time time;
    private final long mostText;
    private final Map<Integer, RegistryAnswer> settled = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, Long> unknownSinceNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MOST_UNKNOWN;
        }
    };
    private long text;

    KnownAnswers(Time time) {
        this(time, MOST_TEXT);
    }

    KnownAnswers(Time time, long mostText) {
        this.time = time;
        this.mostText = mostText;
    }

    void put(int id, RegistryAnswer answer) {
        text -= lengthOf(settled.remove(id));
        unknownSinceNanos.remove(id);
        if (answer instanceof RegistryAnswer.Unknown) {
            unknownSinceNanos.put(id, time.nanoTime());
            return;
        }
        settled.put(id, answer);
        text += lengthOf(answer);
        Iterator<Map.Entry<Integer, RegistryAnswer>> leastUsed =
                settled.entrySet().iterator();
        while (text > mostText && settled.size() > 1) {
            text -= lengthOf(leastUsed.next().getValue());
            leastUsed.remove();
        }
    }

    /** What was said last, however long ago. */
    Optional<RegistryAnswer> last(int id) {
        RegistryAnswer answer = settled.get(id);
        if (answer != null) {
            return Optional.of(answer);
        }
        // Ids count up from 1: a negative one is a broken frame, and not worth a request.
        return id < 0 || unknownSinceNanos.containsKey(id)
                ? Optional.of(new RegistryAnswer.Unknown())
                : Optional.empty();
    }

    /** Whether there is an answer that need not be asked for again. */
    boolean isFresh(int id) {
        if (isForGood(id)) {
            return true;
        }
        Long since = unknownSinceNanos.get(id);
        return since != null && time.nanoTime() - since < UNKNOWN_IS_FRESH_FOR.toNanos();
    }

    /** Whether the answer will never be another: a schema by its id does not change. */
    boolean isForGood(int id) {
        // Only get counts as a use.
        return id < 0 || settled.get(id) != null;
    }

    private static long lengthOf(@Nullable RegistryAnswer answer) {
        if (answer instanceof RegistryAnswer.Found found) {
            return found.schema().length();
        }
        return answer == null ? 0 : 100;
    }
}
