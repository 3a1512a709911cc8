package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import org.junit.jupiter.api.Test;

/** Tables that no version explains: somebody has made them by hand. */
class HandMadeTablesTest {

    private static EditedTable table(String columns) {
        return EditedTable.unknown(Schemas.schema(columns));
    }

    @Test
    void whatIsLeftGoesByItsName() {
        EditedTable table = table("id long, n int?");

        String told = Told.of(table.meet(Policy.joining(), Schemas.version(1, "id long, customer string, n int?")));

        assertThat(told).isEqualTo("  add-column customer: string -> apply\n");
    }

    @Test
    void thenByWhatItWasCalled() {
        EditedTable table = table("id long, customer string");

        table.meet(
                Policy.joining(),
                Schemas.version(2, "id long, customer string, n int", "id long, buyer<customer string, n int"));

        assertThat(Told.of(table.state())).isEqualTo("id long, buyer string, n int?");
    }

    @Test
    void aColumnOfAFieldsNameIsNotAnothersPast() {
        EditedTable table = table("id long, b string");

        table.meet(
                Policy.joining(),
                Schemas.version(2, "id long, b string, x int", "id long, c<b string, b string, x int"));

        assertThat(Told.of(table.state())).isEqualTo("id long, b string, c string?, x int?");
    }

    @Test
    void andWhatIsInsideGoesWithIt() {
        EditedTable table = table("id long, customer (name string)");

        table.meet(
                Policy.joining(),
                Schemas.version(
                        2, "id long, customer (name string), n int", "id long, buyer<customer (name string), n int"));

        assertThat(Told.of(table.state())).isEqualTo("id long, buyer (name string), n int?");
    }

    /** A column that goes gives its name away at once. */
    @Test
    void aColumnThatIsDroppedIsInNobodysWay() {
        String[] versions = {"id long, a string, b string", "id long, a string", "id long, b<a string"};
        EditedTable dropping = EditedTable.madeOf(Schemas.schema(versions[0]));
        EditedTable keeping = EditedTable.madeOf(Schemas.schema(versions[0]));

        dropping.meet(Policy.with(ChangeKind.DROP_COLUMN, Decision.APPLY), Schemas.version(3, versions));
        String kept = Told.of(keeping.meet(Policy.joining(), Schemas.version(3, versions)));

        assertThat(Told.of(dropping.state())).isEqualTo("id long, b string");
        assertThat(kept).contains("it was `a`, and the table has a `b` already");
    }
}
