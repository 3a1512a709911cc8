package dev.firn.flink.testing;

import dev.firn.spi.ledger.LedgerEntry;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.List;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeServiceAware;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Changes what an operator of a job says, as a mistake in that operator would. */
public final class Tampered {

    private Tampered() {}

    /** What leaves instead of a value: nothing, another, or several. */
    public interface Change extends Serializable {
        List<?> instead(Object value);
    }

    /** Changes all that an operator emits, to whomever. */
    public static void emits(StreamGraph graph, String operator, Change change) {
        StreamNode node = graph.getStreamNodes().stream()
                .filter(candidate -> candidate.getOperatorName().equals(operator))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no operator " + operator));
        StreamOperatorFactory<?> factory = node.getOperatorFactory();
        if (factory instanceof CoordinatedOperatorFactory) {
            throw new IllegalStateException(operator + " has a coordinator, which a changed one would lack");
        }
        try {
            Field field = StreamNode.class.getDeclaredField("operatorFactory");
            field.setAccessible(true);
            field.set(node, new Factory<>(factory, change));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the ledger entries that an operator emits; records pass as they are. */
    public static Change entries(EntryChange change) {
        return value -> value instanceof LedgerEntry entry ? change.instead(entry) : List.of(value);
    }

    /** What leaves instead of an entry. */
    public interface EntryChange extends Serializable {
        List<LedgerEntry> instead(LedgerEntry entry);
    }

    private record Factory<T>(StreamOperatorFactory<T> factory, Change change) implements StreamOperatorFactory<T> {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // As Flink declares it.
        public <S extends StreamOperator<T>> S createStreamOperator(StreamOperatorParameters<T> parameters) {
            if (factory instanceof ProcessingTimeServiceAware aware) {
                aware.setProcessingTimeService(parameters.getProcessingTimeService());
            }
            return factory.createStreamOperator(new StreamOperatorParameters<>(
                    parameters.getContainingTask(),
                    parameters.getStreamConfig(),
                    new Changed<>(parameters.getOutput(), change),
                    parameters::getProcessingTimeService,
                    parameters.getOperatorEventDispatcher()));
        }

        @Override
        public void setChainingStrategy(ChainingStrategy strategy) {
            factory.setChainingStrategy(strategy);
        }

        @Override
        public ChainingStrategy getChainingStrategy() {
            return factory.getChainingStrategy();
        }

        @Override
        @SuppressWarnings("rawtypes") // As Flink declares it.
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
            return factory.getStreamOperatorClass(loader);
        }
    }

    private record Changed<T>(Output<StreamRecord<T>> output, Change change) implements Output<StreamRecord<T>> {

        @Override
        @SuppressWarnings("unchecked") // A change answers with values of the kind it was asked about.
        public void collect(StreamRecord<T> record) {
            change.instead(record.getValue()).forEach(value -> output.collect(new StreamRecord<>((T) value)));
        }

        @Override
        @SuppressWarnings("unchecked") // As above.
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            change.instead(record.getValue()).forEach(value -> output.collect(tag, new StreamRecord<>((X) value)));
        }

        @Override
        public void emitWatermark(Watermark mark) {
            output.emitWatermark(mark);
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            output.emitWatermarkStatus(status);
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {
            output.emitLatencyMarker(marker);
        }

        @Override
        public void close() {
            output.close();
        }
    }
}
