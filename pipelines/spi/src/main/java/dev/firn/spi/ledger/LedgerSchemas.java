package dev.firn.spi.ledger;

import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an epoch, or all of a ledger, says of schemas.
 *
 * @param used by (origin, id), each once
 * @param planned by (source, stream), each once
 */
public record LedgerSchemas(List<UsedSchema> used, List<PlannedSchema> planned) implements Serializable {

    public static final LedgerSchemas NONE = new LedgerSchemas(List.of(), List.of());

    public LedgerSchemas {
        used = List.copyOf(used);
        planned = List.copyOf(planned);
    }

    public boolean isEmpty() {
        return used.isEmpty() && planned.isEmpty();
    }

    public int size() {
        return used.size() + planned.size();
    }

    /** Adds up what epochs say, in their order: of an id the first counts, of a stream the last. */
    public static final class Fold {

        private record Id(String origin, int id) {}

        private final Map<Id, UsedSchema> used = new LinkedHashMap<>();
        private final Map<PlannedSchema.Place, PlannedSchema> planned = new LinkedHashMap<>();

        public void add(LedgerSchemas more) {
            more.used().forEach(schema -> used.putIfAbsent(new Id(schema.origin(), schema.id()), schema));
            more.planned().forEach(schema -> planned.put(schema.place(), schema));
        }

        public LedgerSchemas schemas() {
            return new LedgerSchemas(
                    used.values().stream()
                            .sorted(Comparator.comparing(UsedSchema::origin).thenComparingInt(UsedSchema::id))
                            .toList(),
                    planned.values().stream()
                            .sorted(Comparator.comparing(PlannedSchema::source).thenComparing(PlannedSchema::stream))
                            .toList());
        }
    }
}
