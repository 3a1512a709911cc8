package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.commit.LiveCommits.LedgerHealth;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.WaitingSplit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is away is said once, and that it is back once. */
class GrievancesTest {

    private final List<String> said = new ArrayList<>();

    private final Grievances grievances = new Grievances(new Observer() {
        @Override
        public void says(String line) {
            said.add(line);
        }

        @Override
        public void at(Progress progress) {
            throw new IllegalStateException("grievances are no progress");
        }
    });

    @Test
    void saysOnceThatTheCatalogIsAwayAndOnceThatItIsBack() {
        grievances.ofLedger(Optional.empty());
        grievances.ofLedger(Optional.of("the catalog is away"));
        grievances.ofLedger(Optional.of("the catalog is still away"));
        grievances.ofLedger(Optional.empty());
        grievances.ofLedger(Optional.empty());

        assertThat(said)
                .containsExactly(
                        "the catalog is away; the job goes on, and commits when the catalog answers again",
                        "the catalog answers again");
    }

    @Test
    void saysOnceThatTheLedgerCantBeWrittenAlsoWhereTheCommitterStartsAgainMeanwhile() {
        LedgerHealth failing = new LedgerHealth(true, Optional.of("the quota is full"));
        LedgerHealth unknown = new LedgerHealth(false, Optional.empty());
        LedgerHealth well = new LedgerHealth(true, Optional.empty());
        List.of(unknown, well, failing, failing, unknown, failing, well, well).forEach(grievances::ofLedgerWrites);

        assertThat(said)
                .containsExactly(
                        "the ledger can't be written: the quota is full; the job goes on, and commits when it can be",
                        "the ledger can be written again");
    }

    @Test
    void saysOnceThatSourcesAreAwayAndOnceThatTheyAreBack() {
        grievances.ofSources(Optional.of("the brokers are away"));
        grievances.ofSources(Optional.of("the brokers are away"));
        grievances.ofSources(Optional.empty());

        assertThat(said).containsExactly("the brokers are away; the job waits for them", "all sources answer again");
    }

    @Test
    void saysOnceThatAStreamWaitsForASchemaAndOnceThatItGoesOn() {
        WaitingSplit first = waiting(0, 7);
        WaitingSplit second = waiting(1, 7);
        WaitingSplit other = waiting(1, 8);
        List.of(List.of(first), List.of(first, second), List.of(first), List.of(other), List.<WaitingSplit>of())
                .forEach(grievances::ofSchemas);

        assertThat(said)
                .containsExactly(
                        "events/orders-0 waits at offset 5 for schema id 7: the registry is away; what needs another schema"
                                + " goes on",
                        "events/orders-1 waits at offset 5 for schema id 8: the registry is away; what needs another schema"
                                + " goes on",
                        "events/orders goes on with records of schema id 7",
                        "events/orders goes on with records of schema id 8");
    }

    private static WaitingSplit waiting(int partition, int schemaId) {
        Split split = new Split("events", "orders", partition, "id-1");
        return new WaitingSplit(split, 5, schemaId, "the registry is away", Instant.EPOCH);
    }

    @Test
    void saysOnceThatRowsOfATableAreNotKnownAndOnceThatTheyAre() {
        TableName orders = new TableName("sales.orders");
        grievances.ofUnknownRows(Map.of());
        grievances.ofUnknownRows(Map.of(orders, "the catalog is away"));
        grievances.ofUnknownRows(Map.of(orders, "it lacks some of the epochs"));
        grievances.ofUnknownRows(Map.of());
        grievances.ofUnknownRows(Map.of());

        assertThat(said)
                .containsExactly(
                        "sales.orders has `unique`, and it is not known yet which rows it has: the catalog is away;"
                                + " nothing is written before",
                        "sales.orders: it is known which rows it has");
    }
}
