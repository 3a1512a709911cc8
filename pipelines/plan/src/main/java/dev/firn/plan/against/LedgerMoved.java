package dev.firn.plan.against;

import java.util.List;

/** The ledger, which knows what was read, is looked for in another namespace. */
final class LedgerMoved implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        String was = before.sink().ledger();
        String is = now.sink().ledger();
        // With another name the pipeline has another ledger too, and that is told once.
        if (was.equals(is) || !before.pipeline().equals(now.pipeline())) {
            return List.of();
        }
        return List.of(Difference.of(
                        AgainstCode.LEDGER_MOVED,
                        Places.SINK,
                        "ledger",
                        was,
                        is,
                        "the new ledger knows no position: the start is refused, because Flink's state is ahead of it and the"
                                + " tables know the old one")
                .mendedBy("set `namespace: " + namespace(was) + "` in `sink:`, and name tables in `route:`"));
    }

    private static String namespace(String table) {
        return table.substring(0, table.lastIndexOf('.'));
    }
}
