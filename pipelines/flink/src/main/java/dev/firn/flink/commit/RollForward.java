package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes every epoch that is in the ledger to its tables, in this thread; what is in them already stays as it is. */
public final class RollForward {

    private final Lake lake;

    public RollForward(Lake lake) {
        this.lake = lake;
    }

    public void run() {
        Map<TableName, List<StagedEpoch>> waiting = new TreeMap<>();
        for (Epoch epoch : lake.ledger().read().open()) {
            OpenEpochs.byTable(epoch).forEach((table, staged) -> waiting.computeIfAbsent(table, name -> new ArrayList<>())
                    .add(staged));
        }
        waiting.forEach(lake::commit);
    }
}
