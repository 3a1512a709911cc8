package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import org.junit.jupiter.api.Test;

/** A file begins to tag rows of a table that is there: its versions are those that they were. */
class TaggedVersionsTest {

    private static final String FIRST = "id long, customer string";
    private static final String RENAMED = "id long, buyer<customer string";
    private static final String ANOTHER = "id long, buyer string, customer string";

    private final EditedTable table = EditedTable.madeOf(Schemas.schema(FIRST));

    private static SchemaLineage version(int number) {
        return Schemas.version(number, FIRST, RENAMED, ANOTHER);
    }

    @Test
    void aColumnThatSomebodyElseHasRenamedStaysTheField() {
        table.meet(Policy.joining(), version(1));
        table.edit(new TableEdit.RenameColumn(table.id("customer"), "client"));

        String told = Told.of(table.meet(Policy.joining(), Schemas.tagged(version(1))));

        assertThat(told).isEqualTo("  add-column tag: list<string>, optional -> apply\n  customer goes to client\n");
        assertThat(Told.of(table.state())).startsWith("id long, client string, tag ");
    }

    /** By its name alone the newest version's `customer` would get the column of what is `buyer` now. */
    @Test
    void aTableThatNobodyHasWrittenToYetIsMadeOfItsVersion() {
        EditedTable unknown = EditedTable.unknown(Schemas.schema(FIRST));

        unknown.meet(Policy.joining(), Schemas.tagged(version(3)));

        assertThat(Told.of(unknown.state())).startsWith("id long, buyer string, customer string?, tag ");
    }
}
