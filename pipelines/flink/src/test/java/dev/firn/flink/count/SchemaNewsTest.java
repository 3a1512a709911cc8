package dev.firn.flink.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.UsedSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaNewsTest {

    private static final UsedSchema SEVEN = new UsedSchema("one", 7, "seven");
    private static final UsedSchema EIGHT = new UsedSchema("one", 8, "eight");

    private static LedgerSchemas used(UsedSchema... schemas) {
        return new LedgerSchemas(List.of(schemas), List.of());
    }

    private static PlannedSchema planned(String stream, long run, String value) {
        return new PlannedSchema("one", "kafka", stream, run, value, "");
    }

    private static LedgerSchemas found(PlannedSchema... schemas) {
        return new LedgerSchemas(List.of(), List.of(schemas));
    }

    @Test
    void givesWhatTheLedgerDoesNotKnowOnce() {
        SchemaNews news = new SchemaNews(used(SEVEN));

        news.add(used(SEVEN, EIGHT));
        news.add(used(EIGHT));

        assertThat(news.take()).isEqualTo(used(EIGHT));
        news.add(used(SEVEN, EIGHT));
        assertThat(news.take()).isEqualTo(LedgerSchemas.NONE);
    }

    @Test
    void ofAnotherRegistryAnIdIsAnother() {
        UsedSchema other = new UsedSchema("another", 7, "seven");
        SchemaNews news = new SchemaNews(used(SEVEN));

        news.add(used(other));

        assertThat(news.take()).isEqualTo(used(other));
    }

    @Test
    void whatIsOnItsWayIsNoNews() {
        SchemaNews news = new SchemaNews(LedgerSchemas.NONE);
        news.isKnown(used(SEVEN));

        news.add(used(SEVEN));

        assertThat(news.take()).isEqualTo(LedgerSchemas.NONE);
    }

    @Test
    void ofAStreamOnlyAnotherDefinitionIsNews() {
        SchemaNews news = new SchemaNews(found(planned("orders", 1, "first")));

        news.add(found(planned("orders", 2, "first"), planned("refunds", 2, "first")));
        assertThat(news.take()).isEqualTo(found(planned("refunds", 2, "first")));

        news.add(found(planned("orders", 3, "second")));
        assertThat(news.take()).isEqualTo(found(planned("orders", 3, "second")));

        // A version may be deleted, and the one before it is the newest again.
        news.add(found(planned("orders", 4, "first")));
        assertThat(news.take()).isEqualTo(found(planned("orders", 4, "first")));
    }

    @Test
    void anEpochTakesNoMoreThanARowMayHave() {
        SchemaNews news = new SchemaNews(LedgerSchemas.NONE, 10);

        news.add(new LedgerSchemas(List.of(EIGHT, SEVEN), List.of(planned("orders", 1, "newest"))));

        assertThat(news.take()).isEqualTo(found(planned("orders", 1, "newest")));
        assertThat(news.take()).isEqualTo(used(SEVEN, EIGHT));
        assertThat(news.take()).isEqualTo(LedgerSchemas.NONE);
    }

    @Test
    void whatNoRowMayHaveHoldsUpNothing() {
        SchemaNews news = new SchemaNews(LedgerSchemas.NONE, 10);

        news.add(used(new UsedSchema("one", 1, "a definition without end"), SEVEN));
        news.add(found(planned("orders", 1, "another one without end"), planned("refunds", 1, "short")));

        assertThat(news.take()).isEqualTo(new LedgerSchemas(List.of(SEVEN), List.of(planned("refunds", 1, "short"))));
        assertThat(news.take()).isEqualTo(LedgerSchemas.NONE);
    }
}
