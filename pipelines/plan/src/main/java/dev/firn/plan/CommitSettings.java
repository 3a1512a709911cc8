package dev.firn.plan;

import dev.firn.definition.HoldOptions;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.yaml.Node;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an entry of {@code tables:} says about commits; null where it is silent, for an earlier entry may have said it. */
public record CommitSettings(
        @Nullable Duration interval,
        @Nullable Duration holdFor,
        @Nullable ByteSize holdBytes,
        HoldOptions.@Nullable Then then)
        implements Serializable {

    public static final CommitSettings NOTHING = new CommitSettings(null, null, null, null);

    static CommitSettings of(Bound<TableOptions> entry) {
        TableOptions options = entry.options();
        return new CommitSettings(
                options.commitInterval().orElse(null),
                saysHold(entry, "for") ? options.hold().time() : null,
                saysHold(entry, "bytes") ? options.hold().bytes() : null,
                saysHold(entry, "then") ? options.hold().then() : null);
    }

    private static boolean saysHold(Bound<TableOptions> entry, String option) {
        return entry.node()
                .child("hold")
                .filter(hold -> hold instanceof Node.Mapping mapping
                        && mapping.child(option).isPresent())
                .isPresent();
    }

    /** The rest stays as earlier entries have it. */
    TableCommits over(TableCommits before) {
        return new TableCommits(
                interval == null ? before.interval() : interval,
                holdFor == null ? before.holdFor() : holdFor,
                holdBytes == null ? before.holdBytes() : holdBytes,
                then == null ? before.then() : then);
    }
}
