package dev.firn.flink.testing;

import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** Makes sources of {@code type: fake}, of one topic each. */
public final class FakeSourceTranslator implements SourceTranslator {

    public static final String TYPE = "fake";

    /** Which lake watches what the format opens. */
    public record Options(String lake) {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Source<SourceEvent, ?, ?> source(PlannedSource source) {
        return new FakeSource(source.name(), source.streams().get(0), source.startPositions());
    }

    @Override
    public List<SavedSplit> savedSplits(PlannedSource source, int version, byte[] bytes) {
        FakeSource.Partition saved = FakeSource.partition(ByteBuffer.wrap(bytes));
        Split split = FakeReader.split(source.name(), source.streams().get(0), saved.number());
        return List.of(new SavedSplit(split, saved.position()));
    }

    @Override
    public RecordFormat format(PlannedSource source) {
        return new FakeFormat(((Options) source.options()).lake());
    }
}
