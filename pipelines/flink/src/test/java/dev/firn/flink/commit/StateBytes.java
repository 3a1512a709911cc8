package dev.firn.flink.commit;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** Reads and writes the committer's state under the name that savepoints know it by. */
final class StateBytes extends AbstractStreamOperator<Long> implements OneInputStreamOperator<Long, Long> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ListState<byte[]> epochs;

    static List<byte[]> read(OperatorSubtaskState state) throws Exception {
        StateBytes operator = new StateBytes();
        try (var harness = new OneInputStreamOperatorTestHarness<>(operator, LongSerializer.INSTANCE)) {
            harness.initializeState(state);
            harness.open();
            List<byte[]> bytes = new ArrayList<>();
            operator.epochs().get().forEach(bytes::add);
            return bytes;
        }
    }

    static OperatorSubtaskState write(byte[] bytes) throws Exception {
        StateBytes operator = new StateBytes();
        try (var harness = new OneInputStreamOperatorTestHarness<>(operator, LongSerializer.INSTANCE)) {
            harness.open();
            operator.epochs().add(bytes);
            return harness.snapshot(1, 1);
        }
    }

    private ListState<byte[]> epochs() {
        ListState<byte[]> state = epochs;
        if (state == null) {
            throw new IllegalStateException("not open");
        }
        return state;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        epochs = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("epochs", BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void processElement(StreamRecord<Long> element) {}
}
