package dev.firn.definition.maintenance;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import java.time.Duration;

/** {@code orphans:} of the maintenance. */
@Component(
        kind = "maintenance",
        name = "orphans",
        summary = "Which files are taken for orphans, and how often one looks.")
public record OrphanOptions(
        @Default("3d")
                @AtLeast("1d")
                @Doc("A file must be older than this: a younger one may be on its way into a snapshot.")
                @Example("7d")
                Duration olderThan,
        @Default("1d") @AtLeast("1h") @Doc("The time between two looks.") @Example("12h") Duration every) {}
