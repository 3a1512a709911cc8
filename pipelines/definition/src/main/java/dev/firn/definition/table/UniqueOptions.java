package dev.firn.definition.table;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.time.Duration;
import java.util.List;

/** {@code unique:} of a table. */
@Component(kind = "table", name = "unique", summary = "Rows that come twice are written once.")
public record UniqueOptions(
        @Required @Doc("The columns that say which rows are the same.") @Example("[event_id]") List<String> key,
        @Required
                @AtLeast("1s")
                @AtMost("36500d")
                @Doc(
                        "A row with the same key is the same one if their times are less than this apart; farther apart it is a new one.")
                @Example("1h")
                Duration within,
        @Required
                @Doc("The column with the time of a row, which the table keeps, so that a start finds it there.")
                @Example("placed_at")
                String time,
        @Default("64MiB")
                @AtLeast("64KiB")
                @AtMost("8GiB")
                @Doc(
                        "What the keys of the table may take in memory, in each parallel subtask; a key takes 34 bytes, whatever its"
                                + " columns. Where it is full the oldest are forgotten, and rows as old as these go to quarantine. All"
                                + " tables together take a quarter of the heap at most.")
                @Example("256MiB")
                ByteSize memory) {

    public UniqueOptions {
        key = List.copyOf(key);
    }
}
