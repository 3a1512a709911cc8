package dev.firn.connector.iceberg;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** Stands where the network stands: each commit on its way to the catalog meets the next of a list of faults. */
final class FaultyCommits implements UnaryOperator<TableOperations> {

    /** What happens to one request; it may send it, drop it, keep it for later, and answer what it likes. */
    @FunctionalInterface
    interface Fault {
        void commit(Runnable send);
    }

    private final Deque<Fault> faults;
    private final Deque<Runnable> beforeRefreshes = new ArrayDeque<>();
    private int blindRefreshes;

    FaultyCommits(Fault... faults) {
        this.faults = new ArrayDeque<>(Arrays.asList(faults));
    }

    /** The request lands, the answer is another. */
    static Fault landedThen(RuntimeException answer) {
        return send -> {
            send.run();
            throw answer;
        };
    }

    static Fault neverSent(RuntimeException answer) {
        return send -> {
            throw answer;
        };
    }

    /** After the next commit the table can't be looked at for a while. */
    FaultyCommits blindFor(int refreshes) {
        blindRefreshes = refreshes;
        return this;
    }

    /** Happens after the table was loaded, before the commit refreshes it once more. */
    FaultyCommits beforeRefresh(Runnable event) {
        beforeRefreshes.add(event);
        return this;
    }

    int left() {
        return faults.size();
    }

    @Override
    public TableOperations apply(TableOperations real) {
        return new Operations(real);
    }

    private final class Operations extends PassedOn {

        private boolean committed;

        Operations(TableOperations real) {
            super(real);
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            committed = true;
            Fault fault = faults.poll();
            if (fault == null) {
                real.commit(base, metadata);
            } else {
                fault.commit(() -> real.commit(base, metadata));
            }
        }

        @Override
        public TableMetadata refresh() {
            Runnable event = beforeRefreshes.poll();
            if (event != null) {
                event.run();
            }
            if (committed && blindRefreshes > 0) {
                blindRefreshes--;
                throw new IllegalStateException("the catalog is away");
            }
            return real.refresh();
        }
    }
}
