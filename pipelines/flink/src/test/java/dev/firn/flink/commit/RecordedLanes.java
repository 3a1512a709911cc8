package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.progress;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.ManualExecutor;
import dev.firn.plan.TableCommits;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lanes on threads of the test's, with what they tell written down. */
final class RecordedLanes implements CommitLanes.Listener {

    final FakeLake lake;
    final ManualExecutor pool = new ManualExecutor();
    final ManualExecutor watch = new ManualExecutor();
    final List<String> told = new ArrayList<>();
    final CommitLanes lanes;

    private final long run;
    private long epoch;

    private RecordedLanes(FakeLake lake, CommitRules rules, long pointerBytes) {
        this.lake = lake;
        Lake opened = lake.factory().open(SystemReferences.ofThisProcess());
        this.run = lake.ledger().claimRun();
        this.epoch = lake.ledger().read().lastEpoch();
        this.lanes = new CommitLanes(
                new CommitLanes.Work(
                        opened, lake.ledger(), lake.ledger().read(), DetachedTables.in(lake.ledger()), rules),
                this,
                new LaneThreads(pool, pool, watch, pool::nanos, pool::millis),
                new PointerMemory(pointerBytes));
    }

    /** With a checkpoint every 30 seconds. */
    static RecordedLanes of(FakeLake lake, Map<TableName, TableCommits> tables) {
        return new RecordedLanes(lake, new CommitRules(tables, Duration.ofSeconds(30)), PointerMemory.BYTES);
    }

    static RecordedLanes withMemory(FakeLake lake, long pointerBytes) {
        return withMemory(lake, pointerBytes, Map.of());
    }

    static RecordedLanes withMemory(FakeLake lake, long pointerBytes, Map<TableName, TableCommits> tables) {
        return new RecordedLanes(lake, new CommitRules(tables, Duration.ofSeconds(30)), pointerBytes);
    }

    /** A confirmed checkpoint with a row for each of the tables; without tables, one without rows. */
    void checkpoint(TableName... tables) {
        lanes.submit(tables.length == 0 ? List.of() : List.of(next(tables)));
        pool.runDue();
    }

    private Epoch next(TableName... tables) {
        epoch++;
        return new Epoch(
                epoch,
                run,
                "plan",
                epoch,
                List.of(progress(ORDERS_0, epoch - 1, epoch)),
                List.of(),
                Stream.of(tables)
                        .map(table -> lake.stage(table, List.of("row " + epoch)))
                        .toList());
    }

    /** Time passes for the lanes, and then somebody looks after them. */
    void passes(Duration time) {
        pool.advance(time);
        looks();
    }

    void looks() {
        watch.advance(HoldWatch.LOOK);
    }

    TableHealth health(TableName table) {
        return lanes.health().stream()
                .filter(health -> health.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void writtenAhead(long number) {}

    @Override
    public void landed(TableName table, long through, long records) {}

    @Override
    public void detached(TableHealth health) {
        told.add("detached: " + health.table() + " behind "
                + health.detached().orElseThrow().after());
    }

    @Override
    public void attached(TableHealth health) {
        told.add("attached: " + health.table() + " " + health.landedEpoch());
    }

    @Override
    public void opened(TableLane lane) {}

    @Override
    public void mustStop(String lane, Throwable reason) {
        told.add("stop: " + reason.getMessage());
    }

    @Override
    public void held(TableHealth health) {
        told.add("held: " + health.table() + ": " + health.reason());
    }

    @Override
    public void caughtUp(TableHealth health) {
        told.add("caught up: " + health.table() + " " + health.landedEpoch());
    }

    @Override
    public void stagedIsOld(TableHealth health) {
        told.add("old: " + health.table() + " " + HeldTooLong.words(health.oldest()));
    }

    @Override
    public void heldTooLong(TableHealth health, Throwable reason) {
        told.add("too long: " + reason.getMessage());
    }
}
