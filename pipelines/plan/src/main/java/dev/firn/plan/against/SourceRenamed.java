package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A stream is read by another source, and the one that read it is gone: the position stands under the old name. */
final class SourceRenamed implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        for (Source gone : before.sources().values()) {
            if (now.sources().containsKey(gone.name())) {
                continue;
            }
            for (Source reader : now.sources().values()) {
                SortedSet<String> taken = new TreeSet<>(gone.streams());
                taken.retainAll(reader.streams());
                taken.removeIf(stream -> before.readersOf(stream).contains(reader.name()));
                if (!taken.isEmpty() && SourceWords.areOfOnePlace(gone, reader)) {
                    found.add(renamed(gone, reader, taken));
                }
            }
        }
        return found;
    }

    private static Difference renamed(Source gone, Source reader, SortedSet<String> taken) {
        return Difference.of(
                        AgainstCode.SOURCE_RENAMED,
                        Places.source(reader.name()),
                        "name",
                        gone.name(),
                        reader.name(),
                        "the ledger knows " + Places.quoted(taken) + " from source `" + gone.name()
                                + "`: the start is refused, for it would read every record of it again")
                .mendedBy("name the source `" + gone.name()
                        + "` again; to read it again on purpose, start with `--allow source-renamed`");
    }
}
