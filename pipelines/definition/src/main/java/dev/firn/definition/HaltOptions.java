package dev.firn.definition;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Share;
import java.io.Serializable;
import java.time.Duration;

/** {@code halt-above:} of the quarantine. */
@Component(
        kind = "quarantine",
        name = "halt-above",
        summary = "How much in quarantine is an outage and no longer bad data.")
public record HaltOptions(
        @Required @AtLeast("0.01%") @Doc("The share of the records read, from 100 in quarantine on.") @Example("20%")
                Share share,
        @Required @AtLeast("1s") @AtMost("15d") @Doc("The time over which it is counted.") @Example("10m")
                Duration over)
        implements Serializable {}
