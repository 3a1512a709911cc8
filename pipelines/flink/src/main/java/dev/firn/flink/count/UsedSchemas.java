package dev.firn.flink.count;

import dev.firn.flink.wire.SchemaCodec;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The schemas that a source's records were read with, in Flink's state: each subtask gets all of them back, wherever it runs, so a
 * job that starts again asks the registry for none that it has ever used. Each saves what it has met itself, and its share of
 * what was there before.
 */
final class UsedSchemas implements AutoCloseable {

    private static final ListStateDescriptor<byte[]> STATE =
            new ListStateDescriptor<>("used-schemas", BytePrimitiveArraySerializer.INSTANCE);

    private final SchemaMemory memory;
    private final ListState<byte[]> state;
    private final Map<Integer, String> mine = new HashMap<>();
    private final Set<Integer> known = new HashSet<>();
    private final List<UsedSchema> news = new ArrayList<>();
    private final List<PlannedSchema> planned = new ArrayList<>();
    private int lastOfKeys = RawRecord.NO_SCHEMA_ID;
    private int lastOfValues = RawRecord.NO_SCHEMA_ID;

    private UsedSchemas(SchemaMemory memory, ListState<byte[]> state) {
        this.memory = memory;
        this.state = state;
    }

    /**
     * Puts back what was saved of this registry, and what the ledger knew of it when the run started; a state of before this was
     * kept has nothing.
     *
     * @param start what the ledger knew, and what the plan found of the source's streams, to be told the ledger by this subtask
     */
    static UsedSchemas restore(
            SchemaMemory memory, OperatorStateStore store, LedgerSchemas start, int subtask, int subtasks)
            throws Exception {
        try {
            UsedSchemas used = new UsedSchemas(memory, store.getUnionListState(STATE));
            for (byte[] bytes : used.state.get()) {
                UsedSchema saved = SchemaCodec.decode(bytes);
                // The file may name another registry since, which has other schemas under the same ids.
                if (saved.origin().equals(memory.origin())) {
                    memory.learn(saved.id(), saved.definition());
                    used.known.add(saved.id());
                    if (Math.floorMod(saved.id(), subtasks) == subtask) {
                        used.mine.put(saved.id(), saved.definition());
                        used.news.add(saved);
                    }
                }
            }
            used.learn(start);
            return used;
        } catch (Exception failed) {
            memory.close();
            throw failed;
        }
    }

    private void learn(LedgerSchemas start) {
        for (UsedSchema schema : start.used()) {
            if (schema.origin().equals(memory.origin())) {
                memory.learn(schema.id(), schema.definition());
            }
        }
        // Where formats name no registry, plans find no schemas that somebody would have to know.
        for (PlannedSchema schema : memory == SchemaMemory.NONE ? List.<PlannedSchema>of() : start.planned()) {
            planned.add(new PlannedSchema(
                    memory.origin(), schema.source(), schema.stream(), schema.run(), schema.value(), schema.key()));
        }
    }

    /** Takes down the schemas of a record; the source lets none go that needs one which is not known. */
    void by(RawRecord record) {
        int value = record.valueSchemaId();
        if (value != lastOfValues && take(value)) {
            lastOfValues = value;
        }
        int key = record.keySchemaId();
        if (key != lastOfKeys && take(key)) {
            lastOfKeys = key;
        }
    }

    /** Answers whether the schema is kept; one that nobody knows, such as that of keys that are not read, is not. */
    private boolean take(int id) {
        if (known.contains(id)) {
            return true;
        }
        Optional<String> definition = id == RawRecord.NO_SCHEMA_ID ? Optional.empty() : memory.definition(id);
        definition.ifPresent(text -> {
            known.add(id);
            mine.put(id, text);
            news.add(new UsedSchema(memory.origin(), id, text));
        });
        return definition.isPresent();
    }

    /** What is to be told the ledger; it knows best what of it is new. */
    LedgerSchemas drain() {
        if (news.isEmpty() && planned.isEmpty()) {
            return LedgerSchemas.NONE;
        }
        LedgerSchemas drained = new LedgerSchemas(news, planned);
        news.clear();
        planned.clear();
        return drained;
    }

    void save() throws Exception {
        List<byte[]> all = new ArrayList<>(mine.size());
        mine.forEach((id, definition) -> all.add(SchemaCodec.encode(new UsedSchema(memory.origin(), id, definition))));
        state.update(all);
    }

    @Override
    public void close() {
        memory.close();
    }
}
