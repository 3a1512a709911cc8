package dev.firn.definition.maintenance;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.NotBuiltYet;

/** The {@code maintenance:} section, and what an entry of {@code tables:} says otherwise. */
@NotBuiltYet
@Component(kind = "maintenance", name = "maintenance", summary = "How tables are kept healthy while the job runs.")
public record MaintenanceOptions(
        @Doc("Small files become large ones, and deletes are worked in.") CompactOptions compact,
        @Doc("Old snapshots go, and the files that only they need.") ExpireOptions expire,
        @Doc("Files that no snapshot knows are removed.") OrphanOptions orphans) {}
