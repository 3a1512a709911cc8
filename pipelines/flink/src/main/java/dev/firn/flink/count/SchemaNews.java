package dev.firn.flink.count;

import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.UsedSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that the ledger does not know yet, each once, until an epoch takes them there: so much at a time that no row grows
 * too long. They go with epochs that there are anyway. What is not taken when the job ends is in Flink's state, and a task that
 * starts again tells of all of its state.
 */
public final class SchemaNews {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaNews.class);

    /** Of the definitions in one epoch. It waits in the committer's state, and upkeep reads a file of rows at a time. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private record Id(String origin, int id) {}

    private final Set<Id> used = new HashSet<>();
    private final Map<PlannedSchema.Place, PlannedSchema> planned = new HashMap<>();
    private final Deque<UsedSchema> usedNews = new ArrayDeque<>();
    private final Deque<PlannedSchema> plannedNews = new ArrayDeque<>();
    private final int mostCharacters;

    /** @param known what the ledger has */
    public SchemaNews(LedgerSchemas known) {
        this(known, MOST_CHARACTERS);
    }

    SchemaNews(LedgerSchemas known, int mostCharacters) {
        this.mostCharacters = mostCharacters;
        isKnown(known);
    }

    /** These are on their way to the ledger already. */
    public void isKnown(LedgerSchemas known) {
        known.used().forEach(schema -> used.add(id(schema)));
        known.planned().forEach(schema -> planned.put(schema.place(), schema));
    }

    void add(LedgerSchemas told) {
        for (UsedSchema schema : told.used()) {
            if (used.add(id(schema)) && fits(schema.definition().length(), "id " + schema.id())) {
                usedNews.add(schema);
            }
        }
        for (PlannedSchema schema : told.planned()) {
            PlannedSchema before = planned.put(schema.place(), schema);
            if ((before == null || !before.says(schema)) && fits(length(schema), schema.stream())) {
                plannedNews.add(schema);
            }
        }
    }

    private static Id id(UsedSchema schema) {
        return new Id(schema.origin(), schema.id());
    }

    private static int length(PlannedSchema schema) {
        return schema.value().length() + schema.key().length();
    }

    private boolean fits(int length, String what) {
        if (length > mostCharacters) {
            LOG.warn(
                    "The schema of {} is not taken down in the ledger: it has {} characters, and a row may have {}",
                    what,
                    length,
                    mostCharacters);
            return false;
        }
        return true;
    }

    /** What the next epoch takes. */
    LedgerSchemas take() {
        if (usedNews.isEmpty() && plannedNews.isEmpty()) {
            return LedgerSchemas.NONE;
        }
        LedgerSchemas.Fold taken = new LedgerSchemas.Fold();
        int room = mostCharacters;
        List<PlannedSchema> streams = new ArrayList<>();
        while (!plannedNews.isEmpty() && length(plannedNews.element()) <= room) {
            room -= length(plannedNews.element());
            streams.add(plannedNews.remove());
        }
        List<UsedSchema> ids = new ArrayList<>();
        while (!usedNews.isEmpty() && usedNews.element().definition().length() <= room) {
            room -= usedNews.element().definition().length();
            ids.add(usedNews.remove());
        }
        taken.add(new LedgerSchemas(ids, streams));
        return taken.schemas();
    }
}
