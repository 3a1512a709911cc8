package dev.firn.spi.flink;

import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.StreamDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/** Makes Flink sources of one type of source, found by {@link java.util.ServiceLoader} beside its connector. */
public interface SourceTranslator {

    /** The word behind {@code type:}. */
    String type();

    /** The Flink source; it carries references, not their values, and resolves them where it runs. */
    Source<SourceEvent, ?, ?> source(PlannedSource source);

    /** What the bytes of the source mean. */
    RecordFormat format(PlannedSource source);

    /**
     * Where the splits in one of Flink's stood when it was saved, so that they can be held against the ledger before a job starts; none
     * if no reader had opened it yet, or the file reads them no more.
     *
     * @param bytes as the source's split serializer of that version wrote them
     */
    List<SavedSplit> savedSplits(PlannedSource source, int version, byte[] bytes) throws IOException;

    /** A split of a saved state and the position to go on from. */
    record SavedSplit(Split split, long position) {}

    /**
     * A source as the plan has it.
     *
     * @param pipeline the pipeline's name
     * @param run the number of this submission of the job
     * @param options the connector's own options record
     * @param streams every stream that is read, by name
     * @param schemas the definition of each stream's newest schema, by the stream's name; of those that the plan knew
     */
    record PlannedSource(
            String pipeline,
            long run,
            String name,
            Record options,
            List<String> streams,
            Map<String, StreamDefinition> schemas,
            StartPositions startPositions) {
        public PlannedSource {
            streams = List.copyOf(streams);
            schemas = Map.copyOf(schemas);
        }
    }
}
