package dev.firn.definition.maintenance;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;

/** {@code compact:} of the maintenance. */
@Component(kind = "maintenance", name = "compact", summary = "When files are rewritten, and how large they become.")
public record CompactOptions(
        @Doc("What a partition must have gathered before it is rewritten; one of the two is enough.") When when,
        @Default("256MiB") @AtLeast("1MiB") @Doc("How large the rewritten files become.") @Example("512MiB")
                ByteSize targetFileSize) {

    /** What makes a partition due. */
    @Component(kind = "maintenance", name = "when", summary = "What makes a partition due for compaction.")
    public record When(
            @Default("20") @AtLeast("2") @Doc("So many files that are much smaller than the target.") @Example("50")
                    int smallFiles,
            @Default("10") @AtLeast("1") @Doc("So many files of deletes.") @Example("5") int deleteFiles) {}
}
