package dev.firn.definition;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Word;
import java.time.Duration;

/** {@code hold:} of a table; what an entry leaves out, an earlier one may say. */
@Component(kind = "table", name = "hold", summary = "What may wait for a table that can't be committed to.")
public record HoldOptions(
        @Word("for")
                @Default("12h")
                @AtLeast("1s")
                @Doc("How long the table may fail, counted from the first failure since the job has started.")
                @Example("6h")
                Duration time,
        @Default("50GiB") @AtLeast("1KiB") @Doc("How much may be staged for it meanwhile.") @Example("200GiB")
                ByteSize bytes,
        @Default("stop")
                @Doc(
                        "What happens then: `stop` ends the job with the reason; `detach` goes on without the table, and new records"
                                + " for it go to quarantine until it is well again. What is staged stays in the ledger either way.")
                @Example("detach")
                Then then) {

    /** What happens when a limit is passed. */
    public enum Then {
        /** The job ends with the reason. */
        STOP,
        /** The job goes on without the table. */
        DETACH
    }
}
