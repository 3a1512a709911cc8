package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import java.time.Duration;
import java.util.Optional;

/** Whether the times that an entry gives for commits can do what they are for. */
record CommitsCheck(Duration checkpointInterval, Diagnostics diagnostics) {

    void check(Bound<TableOptions> entry) {
        entry.options()
                .commitInterval()
                .filter(interval -> interval.compareTo(checkpointInterval) < 0)
                .ifPresent(interval -> diagnostics.report(Diagnostic.warning(
                                PlanCode.COMMIT_INTERVAL_TOO_SHORT,
                                entry.span("commit-interval"),
                                "a `commit-interval` of " + OptionsJson.duration(interval)
                                        + " changes nothing: rows are committed at checkpoints, and there is one every "
                                        + OptionsJson.duration(checkpointInterval))
                        .fixedBy("remove it, or shorten `checkpoint-interval` of the pipeline")));
        Duration hold = entry.options().hold().time();
        if (hold.compareTo(TableCommits.HALF_ORPHAN_AGE) > 0) {
            diagnostics.report(new Diagnostic(
                    PlanCode.HOLD_TOO_LONG,
                    Severity.DANGER,
                    entry.span("hold", "for"),
                    "",
                    "a table may be held for " + OptionsJson.duration(hold)
                            + ": cleaners of orphan files delete what is staged after three days, and then its rows are lost",
                    Optional.of("at most `" + OptionsJson.duration(TableCommits.HALF_ORPHAN_AGE) + "`, half of that"),
                    Optional.empty()));
        }
    }
}
