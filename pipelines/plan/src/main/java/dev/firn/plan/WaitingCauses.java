package dev.firn.plan;

import dev.firn.definition.HoldOptions;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How records of a table come to wait until somebody puts them back, which does not go together with all that a file may say of it.
 *
 * @param named the table, as messages have it
 */
record WaitingCauses(String named, KeyCheck.Of settings) {

    /**
     * @param why the beginning of a message
     * @param what waits, behind "nothing": empty where why says it
     */
    record Cause(String why, String what, String fix) {}

    static WaitingCauses of(TableName table, KeyCheck.Of settings) {
        return new WaitingCauses("`" + table + "`", settings);
    }

    /** By what the file says. */
    List<Cause> said() {
        List<Cause> causes = new ArrayList<>();
        pausing(settings.evolution())
                .ifPresent(kinds -> causes.add(new Cause(
                        "`schema-evolution` pauses " + named + " for " + kinds,
                        " that has waited",
                        "decide `quarantine` or `fail` there")));
        if (settings.commits().then() == HoldOptions.Then.DETACH) {
            causes.add(new Cause(
                    "`hold` detaches " + named, " that comes for it meanwhile", "say `hold: {then: stop}` for it"));
        }
        return causes;
    }

    /** The kinds of changes that a table is paused for. */
    static Optional<String> pausing(EvolutionPolicy policy) {
        List<String> kinds = Arrays.stream(ChangeKind.values())
                .filter(kind -> policy.decisions().get(kind) == Decision.PAUSE_TABLE)
                .map(kind -> "`" + kind.word() + "`")
                .toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", kinds));
    }

    /**
     * By what an older file has said.
     *
     * @param option that has to wait as well
     */
    static Optional<Cause> already(TableName table, PlanContext context, boolean isThere, String option) {
        if (isDetached(table, context)) {
            return Optional.of(new Cause(
                    "`" + table + "` is detached",
                    " that has come for it meanwhile",
                    "take out `" + option + "` until a run has attached it and `firn replay` has put back what waits"));
        }
        return isThere && context.isPaused(table)
                ? Optional.of(new Cause(
                        "`" + table + "` waits for a decision about a schema, or for what has waited",
                        "",
                        "take out `" + option + "` until `firn table resume` has put back what waits"))
                : Optional.empty();
    }

    private static boolean isDetached(TableName table, PlanContext context) {
        try {
            return context.isDetached(table);
        } catch (OutsideException away) {
            // Which is said where the table itself is looked at.
            return false;
        }
    }
}
