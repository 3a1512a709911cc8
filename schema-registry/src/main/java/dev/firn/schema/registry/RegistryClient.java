package dev.firn.schema.registry;

import dev.firn.spi.source.OutsideException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for schemas and waits an outage out. Answers by id never change, so they are kept; not thread-safe. Both methods
 * throw {@link OutsideException} if the registry does not answer within the patience given, or refuses.
 */
public final class RegistryClient {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);
    private static final int MOST_SCHEMAS = 1_000;

    private final RegistryUrl url;
    private final Patience patience;
    private final RegistryConnection connection;
    private final UnknownIds unknownIds;
    private final Map<Integer, RegistryAnswer> byId = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, RegistryAnswer> eldest) {
            return size() > MOST_SCHEMAS;
        }
    };

    public RegistryClient(RegistryUrl url, Patience patience) {
        this.url = url;
        this.patience = patience;
        this.connection = new RegistryConnection(url, patience.answerWithin());
        this.unknownIds = new UnknownIds(patience.time());
    }

    /** The schema with an id; that an id is unknown is believed for {@link UnknownIds#REMEMBERED_FOR} without asking. */
    public RegistryAnswer schema(int id) {
        RegistryAnswer known = byId.get(id);
        if (known != null) {
            return known;
        }
        // Ids count up from 1: a negative one is a broken frame, and not worth a request.
        if (id < 0 || unknownIds.contains(id)) {
            return new RegistryAnswer.Unknown();
        }
        RegistryAnswer answer = ask("schema id " + id, url.at("schemas", "ids", Integer.toString(id)));
        if (answer instanceof RegistryAnswer.Unknown) {
            unknownIds.remember(id);
        } else {
            byId.put(id, answer);
        }
        return answer;
    }

    /** The newest version of a subject; never kept. */
    public RegistryAnswer latest(String subject) {
        return ask(
                "the latest version of subject `" + subject + "`", url.at("subjects", subject, "versions", "latest"));
    }

    private RegistryAnswer ask(String what, URI address) {
        long start = patience.time().nanoTime();
        for (int tries = 0; ; tries++) {
            try {
                RegistryAnswer answer = connection.ask(what, address);
                if (tries > 0) {
                    LOG.info("the registry at {} answers again", url.shown());
                }
                return answer;
            } catch (RegistryConnection.Outage outage) {
                String happened =
                        "the registry at `" + url.shown() + "` can't say " + what + ": " + outage.getMessage();
                if (patience.time().nanoTime() - start >= patience.limit().toNanos()) {
                    String waited =
                            tries == 0 ? "" : " (tried for " + patience.limit().toSeconds() + " seconds)";
                    throw new OutsideException(happened + waited);
                }
                if (tries == 0) {
                    LOG.warn(
                            "{}; trying again for up to {} seconds",
                            happened,
                            patience.limit().toSeconds());
                }
                pause(happened, tries);
            }
        }
    }

    private void pause(String happened, int tries) {
        try {
            patience.time().pause(patience.pauseAfter(tries));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException(happened + " (stopped while waiting for it)");
        }
    }
}
