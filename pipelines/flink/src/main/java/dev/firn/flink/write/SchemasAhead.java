package dev.firn.flink.write;

import dev.firn.flink.wire.GatheredSchema;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends the schemas of gathered records ahead of them, each once to each subtask. What one subtask sends to another keeps its order,
 * so whoever writes a record has its schemas, and asks no registry, which may be away by then.
 *
 * <p>What was sent is forgotten when the task starts again, and sent anew.
 */
final class SchemasAhead {

    private final Map<String, OfSource> sources = new HashMap<>();
    private final Consumer<GatheredSchema> way;

    /** @param memories of each source, which whoever opened them closes */
    SchemasAhead(Map<String, RecordFormat> formats, Map<String, SchemaMemory> memories, Consumer<GatheredSchema> way) {
        memories.forEach((source, memory) -> {
            RecordFormat format = formats.get(source);
            sources.put(source, new OfSource(source, memory, format == null ? FramedParts.NONE : format.framed()));
        });
        this.way = way;
    }

    /**
     * Whether a record can go to another subtask, which has its schemas then. One whose schema nobody here knows is best rejected
     * where it was read: that this is so, and why, is known here.
     */
    boolean clear(RawRecord record, int writer) {
        OfSource source = sources.get(record.split().source());
        return source == null
                || ((!source.parts.hasValue() || clear(source, record.valueSchemaId(), writer))
                        && (!source.parts.hasKey() || clear(source, record.keySchemaId(), writer)));
    }

    private boolean clear(OfSource source, int id, int writer) {
        if (id == RawRecord.NO_SCHEMA_ID) {
            return true;
        }
        BitSet sent = source.sent.get(id);
        if (sent != null && sent.get(writer)) {
            return true;
        }
        Optional<String> definition = source.memory.definition(id);
        if (definition.isEmpty()) {
            return false;
        }
        way.accept(new GatheredSchema(source.name, id, definition.get(), writer));
        source.sent.computeIfAbsent(id, first -> new BitSet()).set(writer);
        return true;
    }

    /** A source's schemas, by id, and which subtasks have them. */
    private static final class OfSource {
        private final String name;
        private final SchemaMemory memory;
        private final FramedParts parts;
        private final Map<Integer, BitSet> sent = new HashMap<>();

        OfSource(String name, SchemaMemory memory, FramedParts parts) {
            this.name = name;
            this.memory = memory;
            this.parts = parts;
        }
    }
}
