package dev.firn.schema.registry;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other versions of schemas, for all that share a shelf. They are wanted by every table and subtask that meets a schema for the
 * first time, which is often at the same moment: one asks, and those that wait meanwhile take its answer. Nobody gets one that was asked
 * for before they came: by then a newer version may have been registered, and have changed a table, and whoever does not know of it takes an old one for
 * the newest.
 */
final class KnownHistories {

    private static final Logger LOG = LoggerFactory.getLogger(KnownHistories.class);

    /** Whoever has waited for longer asks. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final RegistryClient registry;
    private final OutagePolicy outage;
    private final Patience patience;
    private final SubjectHistory subjects;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<Wanted, Known> known = new HashMap<>();
    private final Map<Integer, Trouble> troubles = new HashMap<>();

    KnownHistories(RegistryClient registry, OutagePolicy outage) {
        this.registry = registry;
        this.outage = outage;
        this.patience = registry.patience();
        this.subjects = new SubjectHistory(registry);
    }

    private record Wanted(int id, SubjectGuess likely) {}

    private record Known(List<SchemaHistory> histories, long askedNanos) {}

    /** What has kept the registry from saying one, which all that wait for it share. */
    private record Trouble(String reason, long sinceNanos, int tries, long nextTryNanos) {}

    /** From now on the schema is behind all versions that the subject has. */
    void suppose(int id, String subject) {
        subjects.suppose(id, subject);
    }

    /** Waits as long as the policy says, and no task that is to stop. */
    List<SchemaHistory> of(int id, SubjectGuess likely) throws Rejected {
        long came = now();
        while (true) {
            try {
                @Nullable List<SchemaHistory> answer = tried(new Wanted(id, likely), came);
                if (answer != null) {
                    return answer;
                }
                patience.time().pause(pause(id));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OutsideException(
                        "the other versions of schema id " + id + " are not known (stopped while waiting for them)");
            }
        }
    }

    /** Null where it is worth to try again later. */
    private @Nullable List<SchemaHistory> tried(Wanted wanted, long came) throws InterruptedException, Rejected {
        asking.lockInterruptibly();
        try {
            known.values().removeIf(answer -> now() - answer.askedNanos() >= FORGOTTEN_AFTER.toNanos());
            Known answer = known.get(wanted);
            if (answer != null && answer.askedNanos() - came >= 0) {
                return answer.histories();
            }
            Trouble trouble = troubles.get(wanted.id());
            return trouble == null || now() - trouble.nextTryNanos() >= 0 ? asked(wanted, trouble) : waited(trouble);
        } finally {
            asking.unlock();
        }
    }

    private @Nullable List<SchemaHistory> asked(Wanted wanted, @Nullable Trouble before) throws Rejected {
        long asked = now();
        try {
            List<SchemaHistory> histories = subjects.ask(wanted.id(), wanted.likely());
            known.put(wanted, new Known(histories, asked));
            if (troubles.remove(wanted.id()) != null) {
                LOG.info("the other versions of schema id {} are known now", wanted.id());
            }
            return histories;
        } catch (RegistryConnection.Outage outage) {
            Trouble trouble = failed(registry.sentenceOfUses(wanted.id(), outage), before, outage);
            troubles.put(wanted.id(), trouble);
            return waited(trouble);
        }
    }

    private Trouble failed(String reason, @Nullable Trouble before, RegistryConnection.Outage outage) {
        long now = now();
        int tries = before == null ? 0 : before.tries();
        if (tries == 0) {
            LOG.warn("{}; trying again", reason);
        }
        long next = now + patience.pauseAfter(tries, outage.askAgainIn()).toNanos();
        return new Trouble(reason, before == null ? now : before.sinceNanos(), tries + 1, next);
    }

    /** Null if that was not for long enough. */
    private @Nullable List<SchemaHistory> waited(Trouble trouble) throws Rejected {
        Duration waited = Duration.ofNanos(now() - trouble.sinceNanos());
        if (waited.compareTo(outage.longest()) < 0) {
            return null;
        }
        if (outage.then() == OutagePolicy.Then.QUARANTINE) {
            throw new Rejected(RejectCode.SCHEMA_UNAVAILABLE, trouble.reason());
        }
        throw new OutsideException(trouble.reason() + "; tried for " + waited.toSeconds() + " seconds");
    }

    /** To the next try, or to where waiting ends. */
    private Duration pause(int id) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            Trouble trouble = troubles.get(id);
            if (trouble == null) {
                return Duration.ZERO;
            }
            long end = trouble.sinceNanos() + outage.longest().toNanos();
            return Duration.ofNanos(Math.max(0, Math.min(trouble.nextTryNanos(), end) - now()))
                    .plusMillis(1);
        } finally {
            asking.unlock();
        }
    }

    private long now() {
        return patience.time().nanoTime();
    }
}
