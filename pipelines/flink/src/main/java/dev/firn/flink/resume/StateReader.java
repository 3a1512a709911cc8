package dev.firn.flink.resume;

import dev.firn.flink.JobTranslator;
import dev.firn.flink.commit.EpochCommitter;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.plan.OperatorUid;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanNode;
import dev.firn.spi.flink.SourceTranslator.SavedSplit;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.record.Split;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.flink.streaming.api.graph.StreamNode;

/** Reads what of a checkpoint or savepoint has to fit the ledger, without a job: splits' positions and unwritten epochs. */
public final class StateReader {

    /** The name that Flink's source operator gives its splits. */
    private static final String SPLITS = "SourceReaderState";

    private final PipelinePlan plan;
    private final JobTranslator translator;
    private final Map<String, OperatorID> operators;

    public StateReader(PipelinePlan plan, JobTranslator translator) {
        this.plan = plan;
        this.translator = translator;
        this.operators = operators(translator.translate(new Configuration()));
    }

    /**
     * Reads the state at an address that Flink can reach.
     *
     * @throws StateRefused if it is not there, or of another pipeline
     */
    public SavedState read(String address) {
        String folder = LocalFolders.shown(address);
        Map<OperatorID, OperatorState> saved = new HashMap<>();
        try {
            metadata(address).getOperatorStates().forEach(state -> saved.put(state.getOperatorID(), state));
        } catch (IOException | RuntimeException unreadable) {
            throw new StateRefused(
                    "`" + folder + "` is no checkpoint and no savepoint that can be read: " + unreadable.getMessage(),
                    unreadable);
        }
        Set<OperatorID> strangers = new HashSet<>(saved.keySet());
        strangers.removeAll(operators.values());
        try {
            OperatorState committer = saved.get(operator(committer()));
            if (committer == null) {
                throw new StateRefused("`" + folder + "` is no state of pipeline `" + plan.pipeline() + "`: its "
                        + saved.size() + " operators are another job's, or the pipeline had another `name`");
            }
            return new SavedState(
                    folder,
                    positions(saved),
                    epochs(committer),
                    strangers.size(),
                    LedgerCodec.decodeRun(list(committer, EpochCommitter.STATE_RUN)));
        } catch (IOException unreadable) {
            throw new StateRefused(
                    "the state in `" + folder + "` can't be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static CheckpointMetadata metadata(String address) throws IOException {
        CompletedCheckpointStorageLocation location =
                AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(address);
        try (DataInputStream in =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            return Checkpoints.loadCheckpointMetadata(
                    in, StateReader.class.getClassLoader(), location.getExternalPointer());
        }
    }

    private Map<Split, Long> positions(Map<OperatorID, OperatorState> saved) throws IOException {
        Map<Split, Long> positions = new TreeMap<>();
        for (PlanNode node : plan.nodes()) {
            OperatorState state = saved.get(operator(node.uid()));
            if (node instanceof PlanNode.ReadSource read && state != null) {
                for (byte[] bytes : list(state, SPLITS)) {
                    savedSplits(read.source(), ByteBuffer.wrap(bytes))
                            .forEach(split -> positions.put(split.split(), split.position()));
                }
            }
        }
        return positions;
    }

    /** Flink writes a version and a length in front of what a source's serializer wrote. */
    private List<SavedSplit> savedSplits(String source, ByteBuffer state) throws IOException {
        int version = state.getInt();
        byte[] split = new byte[state.getInt()];
        state.get(split);
        return translator.savedSplits(source, version, split);
    }

    private static List<Epoch> epochs(OperatorState committer) throws IOException {
        List<Epoch> epochs = new ArrayList<>();
        for (byte[] bytes : list(committer, EpochCommitter.STATE)) {
            epochs.add(LedgerCodec.decodeEpoch(bytes));
        }
        epochs.sort(Comparator.comparingLong(Epoch::number));
        return epochs;
    }

    private static List<byte[]> list(OperatorState operator, String name) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        for (OperatorSubtaskState subtask : operator.getStates()) {
            for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                OperatorStateHandle.StateMetaInfo part =
                        handle.getStateNameToPartitionOffsets().get(name);
                if (part != null) {
                    elements.addAll(elements(handle, part.getOffsets()));
                }
            }
        }
        return elements;
    }

    private static List<byte[]> elements(OperatorStateHandle handle, long[] offsets) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        try (FSDataInputStream in = handle.openInputStream()) {
            DataInputViewStreamWrapper view = new DataInputViewStreamWrapper(in);
            for (long offset : offsets) {
                in.seek(offset);
                elements.add(BytePrimitiveArraySerializer.INSTANCE.deserialize(view));
            }
        }
        return elements;
    }

    private OperatorUid committer() {
        return plan.nodes().stream()
                .filter(PlanNode.CommitEpochs.class::isInstance)
                .findFirst()
                .orElseThrow()
                .uid();
    }

    private OperatorID operator(OperatorUid uid) {
        OperatorID id = operators.get(uid.value());
        if (id == null) {
            throw new IllegalStateException("our bug: the job has no operator " + uid);
        }
        return id;
    }

    /** What Flink calls the operators of a job in its states, by their uids. */
    private static Map<String, OperatorID> operators(StreamGraph graph) {
        Map<Integer, byte[]> hashes = new StreamGraphHasherV2().traverseStreamGraphAndGenerateHashes(graph);
        Map<String, OperatorID> operators = new HashMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            operators.put(node.getTransformationUID(), new OperatorID(hashes.get(node.getId())));
        }
        return operators;
    }
}
