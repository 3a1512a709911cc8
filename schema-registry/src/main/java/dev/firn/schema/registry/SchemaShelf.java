package dev.firn.schema.registry;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas of one source of a run, for all that read and write it in this process: an id is asked for once. A thread asks
 * for what is missing, with pauses that grow while nothing comes back, and never ends by itself as long as something is
 * wanted.
 *
 * <pre>
 *   reader, before a record leaves its source     {@link #want}   does not wait; {@link Lease#onNews} wakes it up
 *   writer, before it decodes                     {@link Lease#schema}  finds what the reader has waited for
 * </pre>
 */
public final class SchemaShelf {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaShelf.class);
    private static final Map<Key, SchemaShelf> OPEN = new HashMap<>();

    private final Key key;
    private final ShelfName name;
    private final RegistryClient registry;
    private final OutagePolicy outage;
    private final Patience patience;
    private final KnownAnswers answers;
    private final SecondLooks secondLooks;
    private final KnownHistories histories;
    private final Map<Integer, WantedSchema> wanted = new LinkedHashMap<>();

    /** Registries count up from 1. */
    private final AtomicInteger nextSupposed = new AtomicInteger(Integer.MAX_VALUE);

    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private int leases;
    private int failures;
    private long nextTryNanos;
    private @Nullable Thread asking;

    /** Two jobs may have one name, and ask two registries. */
    private record Key(ShelfName name, RegistryAccess access, OutagePolicy outage) {}

    private SchemaShelf(Key key, RegistryClient registry) {
        this.key = key;
        this.name = key.name();
        this.outage = key.outage();
        this.registry = registry;
        this.patience = registry.patience();
        this.answers = new KnownAnswers(patience.time());
        this.secondLooks = new SecondLooks(patience.time());
        this.histories = new KnownHistories(registry, outage);
    }

    /**
     * The shelf of that name, to be given back.
     *
     * @param registry makes a client with that access where the shelf is new
     */
    public static Lease lease(
            ShelfName name, RegistryAccess access, OutagePolicy outage, Supplier<RegistryClient> registry) {
        Key key = new Key(name, access, outage);
        synchronized (OPEN) {
            SchemaShelf shelf = OPEN.get(key);
            if (shelf == null) {
                shelf = new SchemaShelf(key, registry.get());
                OPEN.put(key, shelf);
            }
            shelf.leases++;
            return shelf.new Lease();
        }
    }

    /** One user's hold on the shelf; all but {@link #close} may be called by any thread. */
    public final class Lease implements SchemaMemory {

        private final List<Runnable> own = new ArrayList<>();

        private Lease() {}

        /** Whether the answer about an id is there; if it is not, it is asked for from now on. */
        public boolean isKnown(int id) {
            return want(id);
        }

        /** Whether the answer about an id is there and will never be another. */
        public boolean isForGood(int id) {
            return SchemaShelf.this.isForGood(id);
        }

        /** What has kept the registry from saying a schema that is wanted; empty before the first try has failed. */
        public Optional<SchemaTrouble> trouble(int id) {
            return SchemaShelf.this.trouble(id);
        }

        /**
         * The answer about an id; waits for it only where nobody has before.
         *
         * @throws OutsideException if the registry could not say it for as long as the policy allows
         */
        public RegistryAnswer schema(int id) {
            return await(id);
        }

        /**
         * The other versions of a schema's subject, asked for now; waits while nobody can say them.
         *
         * @param likely subjects of it, where it is under several
         * @return those of the likeliest subject first; one at least
         * @throws Rejected if the registry could not say them for as long as the policy allows, and records go on without
         * @throws OutsideException if it could not, and the job is to end
         */
        public List<SchemaHistory> histories(int id, SubjectGuess likely) throws Rejected {
            // Versions come in the order of the source's log: the newest is the one that records have now.
            return key.access().isNobody() ? List.of(SchemaHistory.NONE) : histories.of(id, likely);
        }

        @Override
        public String origin() {
            return registry.origin();
        }

        @Override
        public Optional<String> definition(int id) {
            return SchemaShelf.this.definition(id);
        }

        @Override
        public void learn(int id, String definition) {
            SchemaShelf.this.learn(id, definition);
        }

        @Override
        public int suppose(String subject, String definition) {
            int id = nextSupposed.getAndDecrement();
            SchemaShelf.this.learn(id, definition);
            histories.suppose(id, subject);
            return id;
        }

        /** Calls back whenever an answer has come, or trouble has begun or is final; from a thread of the shelf's. */
        public void onNews(Runnable listener) {
            own.add(listener);
            listeners.add(listener);
        }

        @Override
        public void close() {
            listeners.removeAll(own);
            own.clear();
            release();
        }
    }

    private void release() {
        synchronized (OPEN) {
            leases--;
            if (leases > 0) {
                return;
            }
            OPEN.remove(key);
        }
        synchronized (this) {
            wanted.clear();
            if (asking != null) {
                asking.interrupt();
            }
            notifyAll();
        }
    }

    private synchronized boolean want(int id) {
        if (answers.isFresh(id) || without(id).isPresent()) {
            return true;
        }
        if (!wanted.containsKey(id)) {
            wanted.put(id, new WantedSchema(id, now()));
            notifyAll();
        }
        if (asking == null) {
            Thread thread = new Thread(this::ask, "schemas of " + name.source());
            thread.setDaemon(true);
            thread.start();
            asking = thread;
        }
        return false;
    }

    private synchronized boolean isForGood(int id) {
        return answers.isForGood(id);
    }

    private synchronized Optional<String> definition(int id) {
        return answers.last(id)
                .filter(RegistryAnswer.Found.class::isInstance)
                .map(answer -> ((RegistryAnswer.Found) answer).definition());
    }

    private void learn(int id, String definition) {
        synchronized (this) {
            if (answers.isForGood(id)) {
                return;
            }
            wanted.remove(id);
            answers.put(id, RegistryAnswer.Found.kept(definition));
            notifyAll();
        }
        tell();
    }

    /** The answer that stands in for one that has been waited for too long, where the file wants to go on without. */
    private Optional<RegistryAnswer> without(int id) {
        WantedSchema schema = wanted.get(id);
        return schema != null && schema.overdue && outage.then() == OutagePolicy.Then.QUARANTINE
                ? Optional.of(new RegistryAnswer.Unavailable(schema.reason))
                : Optional.empty();
    }

    private synchronized Optional<SchemaTrouble> trouble(int id) {
        WantedSchema schema = wanted.get(id);
        if (schema == null || (schema.tries == 0 && !schema.overdue)) {
            return Optional.empty();
        }
        return Optional.of(new SchemaTrouble(
                schema.reason,
                Duration.ofNanos(now() - schema.sinceNanos),
                schema.overdue && outage.then() == OutagePolicy.Then.FAIL
                        ? SchemaTrouble.Verdict.FAIL
                        : SchemaTrouble.Verdict.WAIT));
    }

    private synchronized RegistryAnswer await(int id) {
        while (true) {
            // Old news are good enough for whoever has the record already; the reader asks again for the next one.
            Optional<RegistryAnswer> answer = without(id).or(() -> answers.last(id));
            if (answer.isPresent()) {
                return answer.get();
            }
            Optional<SchemaTrouble> trouble = trouble(id);
            if (trouble.isPresent() && trouble.get().verdict() == SchemaTrouble.Verdict.FAIL) {
                throw new OutsideException(trouble.get().reason() + "; tried for "
                        + trouble.get().waited().toSeconds() + " seconds");
            }
            want(id);
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OutsideException("schema id " + id + " is not known (stopped while waiting for it)");
            }
        }
    }

    /** The asking thread: ends when nothing is wanted, and is started again by the next who wants something. */
    private void ask() {
        try {
            for (WantedSchema next = next(); next != null; next = next()) {
                ask(next);
            }
        } finally {
            stopped();
        }
    }

    /** Whatever has ended the thread, the next who wants something starts another. */
    private synchronized void stopped() {
        if (asking == Thread.currentThread()) {
            asking = null;
            notifyAll();
        }
    }

    private void ask(WantedSchema next) {
        try {
            RegistryAnswer answer = registry.tryOnce(next.id);
            if (!isDoubted(next, answer)) {
                settle(next, answer);
            }
        } catch (RegistryConnection.Outage outage) {
            failed(next, registry.sentence(next.id, outage), outage.askAgainIn());
        } catch (OutsideException stopped) {
            failed(next, String.valueOf(stopped.getMessage()), Optional.empty());
        } catch (RuntimeException | Error bug) {
            LOG.error("our bug: asking for schema id {} failed", next.id, bug);
            failed(next, "asking for schema id " + next.id + " failed: " + bug, Optional.empty());
        }
    }

    /** What to ask for, when it is time to; null when nothing is wanted any more. */
    private synchronized @Nullable WantedSchema next() {
        while (true) {
            if (wanted.isEmpty()) {
                asking = null;
                return null;
            }
            long now = now();
            long pause = Long.MAX_VALUE;
            for (WantedSchema schema : wanted.values()) {
                long own = schema.notBeforeNanos - now;
                // What was never asked for does not wait for what could not be said: its answer may come at once.
                if (own <= 0 && schema.tries == 0) {
                    return schema;
                }
                pause = Math.min(pause, schema.tries == 0 ? own : Math.max(own, nextTryNanos - now));
            }
            if (pause <= 0) {
                return wanted.values().stream()
                        .filter(schema -> schema.notBeforeNanos <= now)
                        .findFirst()
                        .orElseThrow();
            }
            try {
                wait(Math.max(1, Duration.ofNanos(pause).toMillis()));
            } catch (InterruptedException closing) {
                // Only the last lease's end interrupts, and then nothing is wanted.
            }
        }
    }

    /** Whether the schema is better asked for once more before the answer is believed. */
    private synchronized boolean isDoubted(WantedSchema schema, RegistryAnswer answer) {
        if (!(answer instanceof RegistryAnswer.Unknown)
                || answers.last(schema.id).isPresent()
                || wanted.get(schema.id) != schema) {
            return false;
        }
        if (schema.denied) {
            secondLooks.wasInVain();
            return false;
        }
        if (!secondLooks.areWorthIt()) {
            return false;
        }
        schema.denied = true;
        long now = now();
        schema.notBeforeNanos = now + patience.beforeSecondLook().toNanos();
        failures = 0;
        nextTryNanos = now;
        return true;
    }

    private void settle(WantedSchema schema, RegistryAnswer answer) {
        synchronized (this) {
            if (wanted.get(schema.id) != schema) {
                return;
            }
            wanted.remove(schema.id);
            answers.put(schema.id, answer);
            if (schema.tries > 0) {
                LOG.info("schema id {} of source {} is known now", schema.id, name.source());
            }
            failures = 0;
            long now = now();
            // The registry is back, so what else it could not say is worth a try at once.
            nextTryNanos = now;
            markOverdue(now);
            notifyAll();
        }
        tell();
    }

    private void failed(WantedSchema schema, String reason, Optional<Duration> askAgainIn) {
        boolean news;
        synchronized (this) {
            if (wanted.get(schema.id) != schema) {
                return;
            }
            long now = now();
            // The next try is another schema's, so that one that can't be said does not hold up the rest.
            wanted.remove(schema.id);
            wanted.put(schema.id, schema);
            news = schema.tries == 0;
            schema.tries++;
            schema.reason = reason;
            if (news) {
                LOG.warn("{}; trying again", reason);
            }
            news |= markOverdue(now);
            nextTryNanos = now + pause(now, askAgainIn);
            failures++;
            notifyAll();
        }
        if (news) {
            tell();
        }
    }

    /**
     * Everything that has waited for long enough, also what others have kept from being asked for; answers whether there was
     * any.
     */
    private boolean markOverdue(long now) {
        boolean any = false;
        for (WantedSchema schema : wanted.values()) {
            if (!schema.overdue && now - schema.sinceNanos >= waitNanos()) {
                schema.overdue = true;
                any = true;
                if (schema.tries == 0) {
                    schema.reason = registry.sentence(
                            schema.id,
                            new RegistryConnection.Outage(
                                    schema.denied
                                            ? "it has denied it, and was to be asked once more"
                                            : "no answer has come yet"));
                }
                if (outage.then() == OutagePolicy.Then.QUARANTINE) {
                    LOG.warn("{}; its records go to quarantine until it can", schema.reason);
                }
            }
        }
        return any;
    }

    /** Grows from failure to failure, and ends where somebody has waited for long enough. */
    private long pause(long now, Optional<Duration> askAgainIn) {
        long pause = patience.pauseAfter(failures, askAgainIn).toNanos();
        for (WantedSchema schema : wanted.values()) {
            if (!schema.overdue) {
                pause = Math.min(pause, Math.max(0, schema.sinceNanos + waitNanos() - now));
            }
        }
        return pause;
    }

    private long waitNanos() {
        return outage.longest().toNanos();
    }

    private long now() {
        return patience.time().nanoTime();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
