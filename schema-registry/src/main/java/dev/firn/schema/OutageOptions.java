package dev.firn.schema;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Word;
import dev.firn.schema.registry.OutagePolicy;
import java.time.Duration;

/** The {@code on-outage:} of a registry. */
@Component(kind = "registry", name = "on-outage", summary = "What follows where the registry can't say a schema.")
public record OutageOptions(
        @Word("wait")
                @Default("10m")
                @AtLeast("1s")
                @Doc(
                        "How long a partition is not read on for want of its next record's schema; all others are. Counted from"
                                + " the first time that the schema was asked for.")
                @Example("2h")
                Duration longest,
        @Default("fail")
                @Doc(
                        "What happens then: `fail` ends the job with the reason, and the records are read by the next run;"
                                + " `quarantine` goes on, and records of that schema go to quarantine until the registry answers again.")
                @Example("quarantine")
                OutagePolicy.Then then) {

    /** What the file means where it does not say it. */
    static final OutageOptions UNLESS_SAID = new OutageOptions(Duration.ofMinutes(10), OutagePolicy.Then.FAIL);

    /** The same for those who act on it. */
    public OutagePolicy policy() {
        return new OutagePolicy(longest, then);
    }
}
