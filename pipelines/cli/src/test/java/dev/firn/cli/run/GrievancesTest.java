package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.commit.LiveCommits.LedgerHealth;
import java.util.ArrayList;
import java.util.List;
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
}
