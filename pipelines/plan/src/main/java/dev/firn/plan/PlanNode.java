package dev.firn.plan;

/** An operator of the job, as the plan promises it; the names are what Flink's web page shows. */
public sealed interface PlanNode {

    OperatorUid uid();

    String name();

    int parallelism();

    /** Reads a source and says where it stands. */
    record ReadSource(String source, OperatorUid uid, String name, int parallelism) implements PlanNode {}

    /** Counts what a source emits, right behind it. */
    record TapLedger(String source, OperatorUid uid, String name, int parallelism) implements PlanNode {}

    /** Routes, and decodes and writes all that is not gathered. */
    record WriteTables(OperatorUid uid, String name, int parallelism) implements PlanNode {}

    /**
     * Writes what others have read, so that small tables and chosen partitions have one writer; only where there are
     * several.
     */
    record WriteGathered(OperatorUid uid, String name, int parallelism) implements PlanNode {}

    /** Folds epochs, proves their sums, commits them; always one. */
    record CommitEpochs(OperatorUid uid, String name) implements PlanNode {
        @Override
        public int parallelism() {
            return 1;
        }
    }
}
