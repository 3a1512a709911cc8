package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTableTest {

    @Test
    void hasAColumnForEachStream() {
        assertThat(String.join("\n", lines(List.of("orders", "app-events-of-today"))) + "\n")
                .isEqualTo(
                        """
                          Where every record went      app-events-of-today       orders        total
                            read                                     1,003        1,003        2,006
                            written to Iceberg                       1,000        1,000        2,000
                            no data                                      1            1            2
                            quarantined                                  2            2            4
                        """);
    }

    @Test
    void hasARowForWhatWasLostBeforeItWasReadWhichIsNoPartOfTheSum() {
        Split split = new Split("kafka", "orders", 0, "id");
        Account account = new Account(0);
        account.add(List.of(new Epoch(
                1,
                1,
                "",
                1,
                List.of(new SplitProgress(split, 0, 40, 10)),
                List.of(
                        new OutcomeCount(split, Outcome.ROUTED, "t", "", 10),
                        new OutcomeCount(split, Outcome.EVENT_TIME, "t", "placed_at", 3_600_000_000L),
                        new OutcomeCount(split, Outcome.LOST, "", "10 to 40", 30)),
                List.of())));

        assertThat(account.balances()).isTrue();
        assertThat(String.join("\n", new AccountTable(account).lines()) + "\n")
                .isEqualTo(
                        """
                          Where every record went            orders        total
                            read                                 10           10
                            written to Iceberg                   10           10
                            quarantined                           0            0
                            lost before reading                  30           30
                        """);
    }

    @Test
    void hasALineForEachStreamWhereTheColumnsDoNotFit() {
        List<String> lines = lines(List.of("a", "b", "c", "d", "e", "f"));

        assertThat(lines).hasSize(8).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines.get(0))
                .isEqualTo("  Where every record went           read        written        no data    quarantined");
        assertThat(lines.get(1))
                .isEqualTo("    a                              1,003          1,000              1              2");
        assertThat(lines.get(7)).startsWith("    total ");
    }

    @Test
    void countsCopiesWhereThereAreSome() {
        Split split = new Split("kafka", "orders", 0, "id");
        Account account = new Account(0);
        account.add(List.of(new Epoch(
                1,
                1,
                "",
                1,
                List.of(new SplitProgress(split, 0, 10, 10)),
                List.of(
                        new OutcomeCount(split, Outcome.ROUTED, "a", "", 10),
                        new OutcomeCount(split, Outcome.ROUTED, "b", "", 9),
                        new OutcomeCount(split, Outcome.COPIED, "", "", 10),
                        new OutcomeCount(split, Outcome.QUARANTINED, "b", "schema-not-in-table", 1)),
                List.of())));

        assertThat(account.balances()).isTrue();
        assertThat(String.join("\n", new AccountTable(account).lines()) + "\n")
                .isEqualTo(
                        """
                          Where every record went            orders        total
                            read                                 10           10
                            copies                               10           10
                            written to Iceberg                   19           19
                            quarantined                           1            1
                        """);
    }

    @Test
    void hasRowsForWhatReplacesAndDeletesOthers() {
        Split split = new Split("kafka", "customers", 0, "id");
        Account account = new Account(0);
        account.add(List.of(new Epoch(
                1,
                1,
                "",
                1,
                List.of(new SplitProgress(split, 0, 10, 10)),
                List.of(
                        new OutcomeCount(split, Outcome.ROUTED, "a", "", 6),
                        new OutcomeCount(split, Outcome.SUPERSEDED, "a", "", 3),
                        new OutcomeCount(split, Outcome.DELETED, "a", "", 1)),
                List.of())));

        assertThat(account.balances()).isTrue();
        assertThat(String.join("\n", new AccountTable(account).lines()) + "\n")
                .isEqualTo(
                        """
                          Where every record went         customers        total
                            read                                 10           10
                            written to Iceberg                    6            6
                            superseded                            3            3
                            deletes of rows                       1            1
                            quarantined                           0            0
                        """);
    }

    private static List<String> lines(List<String> streams) {
        List<SplitProgress> progress = new ArrayList<>();
        List<OutcomeCount> outcomes = new ArrayList<>();
        for (String stream : streams) {
            Split split = new Split("kafka", stream, 0, "id");
            progress.add(new SplitProgress(split, 0, 1_003, 1_003));
            outcomes.addAll(List.of(
                    new OutcomeCount(split, Outcome.ROUTED, "t", "", 1_000),
                    new OutcomeCount(split, Outcome.NON_DATA, "", "tombstone", 1),
                    new OutcomeCount(split, Outcome.QUARANTINED, "t", "bad-utf8", 2)));
        }
        Account account = new Account(0);
        account.add(List.of(new Epoch(1, 1, "", 1, progress, outcomes, List.of())));
        return new AccountTable(account).lines();
    }
}
