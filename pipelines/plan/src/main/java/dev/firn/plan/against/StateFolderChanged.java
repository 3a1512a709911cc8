package dev.firn.plan.against;

import java.util.List;

/** Checkpoints or savepoints are written elsewhere, so the next start does not find the newest one by itself. */
final class StateFolderChanged implements Rule {

    static boolean isFolder(String setting) {
        return setting.equals("flink.state.checkpoints.dir") || setting.equals("flink.state.savepoints.dir");
    }

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return before.settings().changes(now.settings(), StateFolderChanged::isFolder).stream()
                .map(change -> Difference.of(
                                AgainstCode.STATE_FOLDER_CHANGED,
                                Places.PIPELINE,
                                change,
                                "`firn run` looks for state beside the file alone: what is written elsewhere is not found by itself. An"
                                        + " older state, or none, goes on from where the ledger is, and nothing is lost or"
                                        + " read twice")
                        .mendedBy("to go on from a state all the same, say `--resume FOLDER`"))
                .toList();
    }
}
