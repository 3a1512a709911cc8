package dev.firn.plan.against;

import dev.firn.plan.against.Settings.Change;
import java.util.List;

/** The plans are of two environments: references mean something else there, and Flink's state has another folder. */
final class EnvironmentChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        if (before.environment().equals(now.environment())) {
            return List.of();
        }
        return List.of(Difference.of(
                        AgainstCode.ENVIRONMENT_CHANGED,
                        Places.PIPELINE,
                        new Change("environment", before.environment(), now.environment()),
                        "a run of the one does not find the state of the other, and references such as `${env:KAFKA}` may"
                                + " lead elsewhere, which no plan shows")
                .mendedBy(before.environment()
                        .map(name -> "compare with `--env " + name + "`")
                        .orElse("compare with a plan of the same environment")));
    }
}
