package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import org.junit.jupiter.api.Test;

/** A table that somebody else alters while rows are written. */
class ChangedByOthersTest {

    private static final String FIRST = "id long, customer string";
    private static final String MORE = "id long, customer string, n int";
    private static final String RENAMED = "id long, buyer<customer string, n int";

    private final EditedTable table = EditedTable.madeOf(Schemas.schema(FIRST));

    @Test
    void aColumnThatSomebodyElseHasRenamedKeepsThatNameAndItsRows() {
        table.edit(new TableEdit.RenameColumn(table.id("customer"), "client"));

        Verdict more = table.meet(Policy.joining(), version(2));
        Verdict renamed = table.meet(Policy.joining(), version(3));

        assertThat(accepted(more).columns()).containsEntry("customer", "client");
        assertThat(accepted(renamed).columns()).containsEntry("buyer", "client");
        assertThat(Told.of(table.state())).isEqualTo("id long, client string, n int?");
    }

    @Test
    void aColumnThatSomebodyElseHasAddedUnderThatNameIsTaken() {
        table.edit(new TableEdit.AddColumn(TableEdit.TABLE, Column.optional("n", Primitive.LONG)));

        Verdict more = table.meet(Policy.joining(), version(2));

        assertThat(accepted(more).edits()).isEmpty();
        assertThat(accepted(more).columns()).containsEntry("n", "n");
    }

    @Test
    void aColumnOfSomebodyElseStandsInTheWayOfARename() {
        table.edit(new TableEdit.AddColumn(TableEdit.TABLE, Column.optional("buyer", Primitive.STRING)));

        Verdict renamed = table.meet(Policy.joining(), version(3));

        assertThat(Told.of(renamed)).contains("it was `customer`, and the table has a `buyer` already");
    }

    @Test
    void aColumnThatSomebodyElseHasDroppedIsAddedAgainAsTheFileSays() {
        table.edit(new TableEdit.DropColumn(table.id("customer")));

        Verdict left = table.judge(Policy.with(ChangeKind.ADD_COLUMN, Decision.IGNORE), version(1));
        Verdict added = table.meet(Policy.joining(), version(1));

        assertThat(accepted(left).columns()).doesNotContainKey("customer");
        assertThat(Told.of(added)).isEqualTo("  add-column customer: string -> apply\n");
    }

    @Test
    void theGravestDecisionCounts() {
        Verdict verdict = table.judge(
                Policy.with(ChangeKind.ADD_COLUMN, Decision.FAIL),
                Schemas.version(2, FIRST, "id string, customer string, n int"));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).decision()).isEqualTo(Decision.FAIL);
        assertThat(verdict.decided()).hasSize(2);
    }

    private static SchemaLineage version(int number) {
        return Schemas.version(number, FIRST, MORE, RENAMED);
    }

    private static Verdict.Accepted accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) verdict;
    }
}
