package dev.firn.definition.table;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.time.Duration;
import java.util.List;

/** {@code unique:} of a table. */
@Component(kind = "table", name = "unique", summary = "Rows that come twice are written once.")
public record UniqueOptions(
        @Required @Doc("The columns that say which rows are the same.") @Example("[event_id]") List<String> key,
        @Required @AtLeast("1s") @Doc("How long a key is remembered; the same key later is a new row.") @Example("1h")
                Duration within) {

    public UniqueOptions {
        key = List.copyOf(key);
    }
}
