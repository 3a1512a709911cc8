package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaLineage;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A version that somebody has registered by mistake, and deleted. */
class DeletedVersionsTest {

    private static final String FIRST = "id long, a string";
    private static final String MISTAKE = "id long, b<a string";
    private static final String LATER = "id long, a string, b string";

    private final EditedTable table = EditedTable.madeOf(Schemas.schema(FIRST));

    @Test
    void doesNotCountWhereNoRowsWereWrittenWithIt() {
        table.meet(Policy.joining(), version(3));

        assertThat(Told.of(table.state())).isEqualTo("id long, a string, b string?");
        assertThat(table.id("b")).isGreaterThan(table.id("a"));
    }

    @Test
    void countsWhereRowsWereWrittenWithIt() {
        int id = table.id("a");
        table.meet(Policy.joining(), version(2));

        table.meet(Policy.joining(), version(3));

        assertThat(table.id("b")).isEqualTo(id);
        assertThat(table.id("a")).isNotEqualTo(id);
    }

    /** A table that was taken back: it has no more of what the versions in between have made of it. */
    @Test
    void soDoesNotOneThatTheTableWasTakenBackFrom() {
        int id = table.id("a");

        table.meet(
                Policy.joining(),
                new SchemaLineage(Schemas.version(3, FIRST, MISTAKE, LATER).versions(), 2)
                        .without(Set.of(Schemas.schema(MISTAKE).fingerprint())));

        assertThat(Told.of(table.state())).isEqualTo("id long, a string, b string?");
        assertThat(table.id("a")).isEqualTo(id);
    }

    @Test
    void isLeftOutThoughAVersionThatStandsIsAlike() {
        SchemaLineage registeredAnew = new SchemaLineage(
                Schemas.version(4, FIRST, MISTAKE, FIRST, "id long, b<a string").versions(),
                3,
                Set.of(1),
                SchemaLineage.Subject.UNKNOWN);

        assertThat(registeredAnew.withoutMistakes(Set.of()).versions()).hasSize(3);
        assertThat(registeredAnew.withoutMistakes(Set.of()).own()).isEqualTo(2);
    }

    private static SchemaLineage version(int number) {
        return new SchemaLineage(
                Schemas.version(number, FIRST, MISTAKE, LATER).versions(),
                number - 1,
                Set.of(1),
                SchemaLineage.Subject.UNKNOWN);
    }
}
