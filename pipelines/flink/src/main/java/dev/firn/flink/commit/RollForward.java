package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes every epoch that is in the ledger to its tables, in this thread; what is in them already stays as it is. A table
 * that fails does not keep the others from theirs; its failure is thrown in the end.
 */
public final class RollForward {

    private final Lake lake;

    public RollForward(Lake lake) {
        this.lake = lake;
    }

    public void run() {
        Map<TableName, List<StagedEpoch>> waiting = new TreeMap<>();
        for (Epoch epoch : lake.ledger().read().open()) {
            OpenEpochs.byTable(epoch)
                    .forEach((table, staged) -> waiting.computeIfAbsent(table, name -> new ArrayList<>())
                            .add(staged));
        }
        List<RuntimeException> failures = new ArrayList<>();
        waiting.forEach((table, epochs) -> {
            try {
                lake.commit(table, epochs);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        });
        if (!failures.isEmpty()) {
            RuntimeException first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
