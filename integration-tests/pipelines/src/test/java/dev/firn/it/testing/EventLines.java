package dev.firn.it.testing;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointConfigOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;

/** A job that does nothing but read a source, and what it read: {@code opened 0}, {@code record 0}, {@code reached 2}. */
public final class EventLines implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /** Where the jobs of this process put their lines; a sink travels by serialization and finds its own here. */
    private static final Map<UUID, BlockingQueue<String>> READ = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final JobClient job;
    private final CompletableFuture<JobExecutionResult> ended;

    private EventLines(Source<SourceEvent, ?, ?> source, Configuration configuration) {
        READ.put(id, lines);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        // Events are handed on as they are; the generic type is never asked to copy them.
        environment.getConfig().enableObjectReuse();
        environment.setRestartStrategy(RestartStrategies.fixedDelayRestart(3, 100));
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "read", new GenericTypeInfo<>(SourceEvent.class))
                .uid("read")
                .addSink(new Keep(id))
                .uid("keep");
        try {
            job = environment.executeAsync();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        ended = job.getJobExecutionResult();
    }

    public static EventLines of(Source<SourceEvent, ?, ?> source) {
        return new EventLines(source, new Configuration());
    }

    public static EventLines restored(Source<SourceEvent, ?, ?> source, String savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(SavepointConfigOptions.SAVEPOINT_PATH, savepoint);
        return new EventLines(source, configuration);
    }

    /** What was read since the last call, up to and with that line. */
    public List<String> until(String last) throws InterruptedException {
        List<String> read = new ArrayList<>();
        while (!read.contains(last)) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no `" + last + "` came after " + read);
            }
            read.add(line);
        }
        return read;
    }

    /** What was read since the last call, without waiting for more. */
    public List<String> soFar() {
        List<String> read = new ArrayList<>();
        lines.drainTo(read);
        return read;
    }

    /** Waits for the job to fail; all messages in the chain of causes. */
    public String failure() throws Exception {
        try {
            ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            StringBuilder messages = new StringBuilder();
            Throwable cause = e;
            while (cause != null) {
                messages.append(cause.getMessage()).append('\n');
                cause = cause.getCause();
            }
            return messages.toString();
        }
        throw new AssertionError("the job ended without a failure");
    }

    /** Stops with a savepoint; answers where it is when the job has ended, for its cluster goes with it. */
    public String stop(Path directory) throws Exception {
        String savepoint = job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return savepoint;
    }

    @Override
    public void close() throws Exception {
        READ.remove(id);
        if (!ended.isDone()) {
            job.cancel().get();
        }
    }

    private static String line(SourceEvent event) {
        if (event instanceof RawRecord record) {
            return "record " + record.position();
        }
        if (event instanceof SourceEvent.PositionsLost lost) {
            return "lost " + lost.from() + " to " + lost.to();
        }
        return event instanceof SourceEvent.SplitOpened opened
                ? "opened " + opened.position()
                : "reached " + ((SourceEvent.PositionReached) event).position();
    }

    /** Writes down what it gets. */
    private record Keep(UUID id) implements SinkFunction<SourceEvent> {

        @Override
        public void invoke(SourceEvent event, Context context) {
            BlockingQueue<String> kept = READ.get(id);
            // Which leader wrote what is no line of its own.
            if (kept != null && !(event instanceof SourceEvent.TermBegan)) {
                kept.add(line(event));
            }
        }
    }
}
