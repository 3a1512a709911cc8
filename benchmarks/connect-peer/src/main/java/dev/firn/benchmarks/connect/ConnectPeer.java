package dev.firn.benchmarks.connect;

import dev.firn.benchmarks.measure.Candidate;
import dev.firn.benchmarks.measure.MeasuredProcess;
import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.measure.Work.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect with Iceberg's sink. A sink never ends by itself, so the tables are looked at until all rows are there. The
 * worker starts with the first repetition and stays; each repetition has a connector of its own.
 */
public final class ConnectPeer implements Candidate {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private @Nullable ConnectWorker worker;

    private ConnectPeer() {}

    public static void main(String[] arguments) {
        MeasuredProcess.run(List.of(arguments), new ConnectPeer());
    }

    @Override
    public void run(Work work, int repetition) throws Exception {
        SinkSettings sink = sink(work, repetition);
        ConnectWorker worker = worker(work);
        worker.add(sink);
        try (Lake lake = Lake.of(work, repetition)) {
            // One table at a time, as looking at a hundred would be work too.
            for (Topic topic : work.topics()) {
                await(worker, sink, lake.table(topic.name()), topic.rows());
            }
        }
        worker.remove(sink);
    }

    @Override
    public void runForever(Work work) throws Exception {
        SinkSettings sink = sink(work, 0);
        ConnectWorker worker = worker(work);
        worker.add(sink);
        while (true) {
            worker.check(sink);
            Thread.sleep(LOOK.toMillis());
        }
    }

    private ConnectWorker worker(Work work) throws IOException {
        if (worker == null) {
            worker = ConnectWorker.start(work);
        }
        return worker;
    }

    private static SinkSettings sink(Work work, int repetition) {
        for (Topic topic : work.topics()) {
            if (!topic.key().isEmpty()) {
                throw new IllegalArgumentException(
                        "`" + topic.name() + "` has a key: the sink appends only, it can't update or delete");
            }
        }
        String namespace = work.namespace(repetition);
        // A name that was there before would go on where that connector stopped.
        return new SinkSettings(work, namespace, namespace + "-" + Long.toHexString(System.currentTimeMillis()));
    }

    private static void await(ConnectWorker worker, SinkSettings sink, Table table, long rows) throws Exception {
        long last = -1;
        long progress = System.nanoTime();
        for (long seen = Lake.rows(table); seen != rows; seen = Lake.rows(table)) {
            if (seen > rows) {
                throw new IllegalStateException(table.name() + " has " + seen + " rows, more than " + rows);
            }
            if (seen != last) {
                last = seen;
                progress = System.nanoTime();
            }
            if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        table.name() + " has " + seen + " of " + rows + " rows, and none came for " + PATIENCE);
            }
            worker.check(sink);
            Thread.sleep(LOOK.toMillis());
        }
    }
}
