package dev.firn.definition.maintenance;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import java.time.Duration;

/** {@code expire:} of the maintenance. */
@Component(kind = "maintenance", name = "expire", summary = "Which snapshots go.")
public record ExpireOptions(
        @Default("1d") @AtLeast("1m") @Doc("Snapshots older than this go, but for those that are kept.") @Example("7d")
                Duration olderThan,
        @Default("200") @AtLeast("1") @Doc("So many of the newest snapshots stay, however old they are.") @Example("50")
                int keep) {}
