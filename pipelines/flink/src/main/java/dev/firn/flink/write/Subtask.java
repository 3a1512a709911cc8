package dev.firn.flink.write;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.WriterSettings;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** A subtask as a sink's writers know it. */
final class Subtask {

    private Subtask() {}

    static WriterSettings settings(WriterConfig config, RuntimeContext runtime, StreamTask<?, ?> task) {
        return new WriterSettings(
                config.run(),
                runtime.getIndexOfThisSubtask(),
                runtime.getAttemptNumber(),
                subtasksInProcess(runtime, task) * config.writersInSubtask(),
                config.writersInSubtask(),
                config.keys(),
                config.payload().kept(SystemReferences.ofThisProcess()),
                config.unique(),
                owned(config, runtime.getIndexOfThisSubtask(), runtime.getNumberOfParallelSubtasks()));
    }

    private static OwnedKeys owned(WriterConfig config, int subtask, int subtasks) {
        return config.gathers() ? (table, key) -> Gathering.gatherer(table, key, subtasks) == subtask : OwnedKeys.ALL;
    }

    /** As many as there are places for subtasks here, but never more than the job has. */
    private static int subtasksInProcess(RuntimeContext runtime, StreamTask<?, ?> task) {
        int slots =
                task.getEnvironment().getTaskManagerInfo().getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
        return Math.min(slots, runtime.getNumberOfParallelSubtasks());
    }
}
