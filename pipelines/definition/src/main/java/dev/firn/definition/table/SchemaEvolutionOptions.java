package dev.firn.definition.table;

import dev.firn.definition.bind.Among;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Shorthand;
import dev.firn.definition.bind.Word;
import java.util.Optional;

/**
 * {@code schema-evolution:} of a table: a preset, and decisions for kinds of changes that differ from it. Each kind takes only
 * the decisions that mean something for it.
 */
@Component(kind = "table", name = "schema-evolution", summary = "What is done about each kind of change of a schema.")
@Shorthand("preset")
public record SchemaEvolutionOptions(
        @Doc("Decisions for all kinds at once, in Flink CDC's words.") @Example("lenient") Optional<Preset> preset,
        @Among({"apply", "ignore", "quarantine", "pause-table", "fail"})
                @Doc("The schema has a field that the table has no column for.")
                @Example("apply")
                Optional<Decision> addColumn,
        @Among({"apply", "keep-nullable", "quarantine", "pause-table", "fail"})
                @Doc("A field that the table has a column for is gone.")
                @Example("keep-nullable")
                Optional<Decision> dropColumn,
        @Among({"apply", "keep-nullable", "quarantine", "pause-table", "fail"})
                @Doc("A field has another name, as an alias or a field id proves.")
                @Example("apply")
                Optional<Decision> renameColumn,
        @Among({"apply", "quarantine", "pause-table", "fail"})
                @Doc("A field's type takes more values, such as `int` to `long`.")
                @Example("apply")
                Optional<Decision> widenType,
        @Among({"ignore", "quarantine", "pause-table", "fail"})
                @Doc("A field's type takes fewer values; `ignore` keeps the table's, which all of them fit in.")
                @Example("pause-table")
                Optional<Decision> narrowType,
        @Among({"apply", "quarantine", "pause-table", "fail"})
                @Doc("A field may be null that could not.")
                @Example("apply")
                Optional<Decision> makeOptional,
        @Among({"ignore", "quarantine", "pause-table", "fail"})
                @Doc("A field may no longer be null; `ignore` leaves the column optional.")
                @Example("ignore")
                Optional<Decision> makeRequired,
        @Among({"apply", "quarantine", "pause-table", "fail"}) @Doc("An enum has a new symbol.") @Example("apply")
                Optional<Decision> addSymbol,
        @Among({"apply", "ignore", "pause-table", "fail"}) @Doc("An enum has lost a symbol.") @Example("apply")
                Optional<Decision> removeSymbol,
        @Among({"apply", "ignore", "pause-table", "fail"}) @Doc("The fields stand in another order.") @Example("ignore")
                Optional<Decision> reorder,
        @Among({"quarantine", "pause-table", "fail"})
                @Doc("A field has a type that the column can't take.")
                @Example("quarantine")
                Optional<Decision> incompatible,
        @Among({"apply", "ignore", "pause-table", "fail"}) @Doc("A source table was emptied.") @Example("pause-table")
                Optional<Decision> truncateTable,
        @Among({"apply", "ignore", "pause-table", "fail"}) @Doc("A source table was dropped.") @Example("ignore")
                Optional<Decision> dropTable,
        @Among({"apply", "ignore", "pause-table", "fail"})
                @Doc("A source table has another name.")
                @Example("pause-table")
                Optional<Decision> renameTable,
        @Among({"apply", "pause-table", "fail"}) @Doc("A source table has another primary key.") @Example("pause-table")
                Optional<Decision> changeKey) {

    /** Decisions for all kinds. */
    public enum Preset {
        EVOLVE,
        @Word("try_evolve")
        TRY_EVOLVE,
        LENIENT,
        IGNORE,
        EXCEPTION
    }
}
