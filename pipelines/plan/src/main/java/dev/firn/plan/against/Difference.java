package dev.firn.plan.against;

import dev.firn.plan.against.Settings.Change;
import java.util.Optional;

/**
 * What is different, and what that means for the job that runs.
 *
 * @param place where in the file, in words: {@code source events}
 * @param setting what of it
 * @param was in the stored plan; empty where it had none
 * @param is in the plan of now; empty where it has none
 * @param means present tense, lower-case start
 * @param mend how to get around it, if there is a way
 */
public record Difference(
        AgainstCode code,
        String place,
        String setting,
        Optional<String> was,
        Optional<String> is,
        String means,
        Optional<String> mend) {

    static Difference of(AgainstCode code, String place, Change change, String means) {
        return new Difference(code, place, change.setting(), change.was(), change.is(), means, Optional.empty());
    }

    static Difference of(AgainstCode code, String place, String setting, String was, String is, String means) {
        return of(code, place, new Change(setting, Optional.of(was), Optional.of(is)), means);
    }

    Difference mendedBy(String way) {
        return new Difference(code, place, setting, was, is, means, Optional.of(way));
    }
}
