package dev.firn.definition.table;

import static dev.firn.definition.table.Decision.APPLY;
import static dev.firn.definition.table.Decision.FAIL;
import static dev.firn.definition.table.Decision.IGNORE;
import static dev.firn.definition.table.Decision.KEEP_NULLABLE;
import static dev.firn.definition.table.Decision.QUARANTINE;

import dev.firn.definition.bind.Among;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.Shorthand;
import dev.firn.definition.bind.Usually;
import dev.firn.definition.bind.Word;
import java.util.Optional;

/**
 * {@code schema-evolution:} of a table: a preset, and decisions for kinds of changes that differ from it. Each kind takes only
 * the decisions that mean something for it. What stands here about kinds is read as an {@link EvolutionRule}, and nowhere else.
 */
@Component(kind = "table", name = "schema-evolution", summary = "What is done about each kind of change of a schema.")
@Shorthand("preset")
public record SchemaEvolutionOptions(
        @Doc("Decisions for all kinds at once, in Flink CDC's words.") @Example("lenient") Optional<Preset> preset,
        @Among({"apply", "ignore", "quarantine", "pause-table", "fail"})
                @Usually("apply")
                @Because("nothing is lost: rows of before have no value there, and values that come now have a column")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = APPLY, ignore = IGNORE)
                @Doc("The schema has a field that the table has no column for.")
                @Example("apply")
                Optional<Decision> addColumn,
        @Among({"apply", "keep-nullable", "quarantine", "pause-table", "fail"})
                @Usually("keep-nullable")
                @Because("the values of all rows of before stay; dropped, no reader would see them any more")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = KEEP_NULLABLE, ignore = KEEP_NULLABLE)
                @Doc("A field that the table has a column for is gone.")
                @Example("keep-nullable")
                Optional<Decision> dropColumn,
        @Among({"apply", "keep-nullable", "quarantine", "pause-table", "fail"})
                @Usually("apply")
                @Because(
                        "values of before and of now stay in one column; a query by the old name fails and gets mended, where a second"
                                + " column would give it nulls")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = KEEP_NULLABLE, ignore = QUARANTINE)
                @Doc("A field has another name, as one of its Avro aliases says.")
                @Example("apply")
                Optional<Decision> renameColumn,
        @Among({"apply", "quarantine", "pause-table", "fail"})
                @Usually("apply")
                @Because("every value stays what it is, and no file is written anew")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = APPLY, ignore = QUARANTINE)
                @Doc("A field's type takes more values, such as `int` to `long`.")
                @Example("apply")
                Optional<Decision> widenType,
        @Among({"ignore", "quarantine", "pause-table", "fail"})
                @Usually("ignore")
                @Because("the column takes what comes already, and rows of before need its type")
                @Presets(evolve = IGNORE, tryEvolve = IGNORE, lenient = IGNORE, ignore = IGNORE)
                @Doc("A field's type takes fewer values; `ignore` keeps the table's, which all of them fit in.")
                @Example("quarantine")
                Optional<Decision> narrowType,
        @Among({"apply", "quarantine", "pause-table", "fail"})
                @Usually("apply")
                @Because("no value changes; a row without one could not be written otherwise")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = APPLY, ignore = APPLY)
                @Doc("A field may be null that could not.")
                @Example("apply")
                Optional<Decision> makeOptional,
        @Among({"ignore", "quarantine", "pause-table", "fail"})
                @Usually("ignore")
                @Because("rows of before may have no value, and old producers may still send none")
                @Presets(evolve = IGNORE, tryEvolve = IGNORE, lenient = IGNORE, ignore = IGNORE)
                @Doc("A field may no longer be null; `ignore` leaves the column optional.")
                @Example("ignore")
                Optional<Decision> makeRequired,
        @Among({"apply", "quarantine", "pause-table", "fail"})
                @Usually("apply")
                @Because("the column is text, which takes every symbol")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = APPLY, ignore = APPLY)
                @Doc("An enum has a new symbol.")
                @Example("apply")
                Optional<Decision> addSymbol,
        @Among({"apply", "ignore", "pause-table", "fail"})
                @Usually("apply")
                @Because("the column is text, and rows of before keep theirs")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = APPLY, ignore = IGNORE)
                @Doc("An enum has lost a symbol.")
                @Example("apply")
                Optional<Decision> removeSymbol,
        @Among({"ignore", "pause-table", "fail"})
                @Usually("ignore")
                @Because("readers find columns by name")
                @Presets(evolve = IGNORE, tryEvolve = IGNORE, lenient = IGNORE, ignore = IGNORE)
                @Doc("The fields stand in another order.")
                @Example("ignore")
                Optional<Decision> reorder,
        @Among({"quarantine", "pause-table", "fail"})
                @Usually("quarantine")
                @Because(
                        "no column could hold both; the records are kept as they came, and the table goes on with the others")
                @Presets(evolve = FAIL, tryEvolve = QUARANTINE, lenient = QUARANTINE, ignore = QUARANTINE)
                @Doc("A field has a type that the column can't take.")
                @Example("quarantine")
                Optional<Decision> incompatible,
        @NotBuiltYet
                @Among({"apply", "ignore", "pause-table", "fail"})
                @Usually("fail")
                @Because("rows do not go because somebody has emptied their source, before a person has said so")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = IGNORE, ignore = IGNORE)
                @Doc("A source table was emptied.")
                @Example("pause-table")
                Optional<Decision> truncateTable,
        @NotBuiltYet
                @Among({"apply", "ignore", "pause-table", "fail"})
                @Usually("ignore")
                @Because("all rows stay, and none can come")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = IGNORE, ignore = IGNORE)
                @Doc("A source table was dropped.")
                @Example("ignore")
                Optional<Decision> dropTable,
        @NotBuiltYet
                @Among({"apply", "ignore", "pause-table", "fail"})
                @Usually("fail")
                @Because("whether it is the same table, only a person knows")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = FAIL, ignore = IGNORE)
                @Doc("A source table has another name.")
                @Example("pause-table")
                Optional<Decision> renameTable,
        @NotBuiltYet
                @Among({"apply", "pause-table", "fail"})
                @Usually("fail")
                @Because("rows that were one by the old key are several by the new one, or the reverse")
                @Presets(evolve = APPLY, tryEvolve = APPLY, lenient = FAIL, ignore = FAIL)
                @Doc("A source table has another primary key.")
                @Example("pause-table")
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
