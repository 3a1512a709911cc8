package dev.firn.plan.against;

import java.util.List;

/** What can't be read goes to another table from now on. */
final class QuarantineMoved implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        String was = before.sink().quarantine();
        String is = now.sink().quarantine();
        return was.equals(is)
                ? List.of()
                : List.of(Difference.of(
                        AgainstCode.QUARANTINE_MOVED,
                        Places.SINK,
                        "quarantine",
                        was,
                        is,
                        "records that are in `" + was
                                + "` stay there; who looks for bad records has two tables to look at"));
    }
}
