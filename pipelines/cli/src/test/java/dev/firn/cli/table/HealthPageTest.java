package dev.firn.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Mend;
import dev.firn.spi.inspection.TableHealth.Reason;
import dev.firn.spi.schema.TableName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthPageTest {

    private static final Set<Mend> ALL = EnumSet.allOf(Mend.class);

    @Test
    void eachReasonHasTheCommandThatMendsIt() {
        assertThat(new HealthPage(List.of(unwell("shop.orders", 30)), "--env prod 'my orders.yaml'", ALL).text())
                .isEqualTo(
                        """
                        shop.orders: 30 of 100, not well
                          10 data files, 2 delete files, 150 B

                            bytes of a data file  files  bytes

                          -40  small-files: 10 data files could be 1
                               firn maintain --tables shop.orders --compact --env prod 'my orders.yaml'

                          -20  delete-files: 2 delete files
                               firn maintain --tables shop.orders --compact --delete-files 1 --env prod 'my orders.yaml'

                          -10  snapshots: 1,001 snapshots
                               firn maintain --tables shop.orders --expire 1d --env prod 'my orders.yaml'

                          -5  skew: one is large
                        """);
    }

    @Test
    void whatACatalogDoesNotTakeIsNotOffered() {
        HealthPage page = new HealthPage(
                List.of(unwell("shop.orders", 30)), "lake", EnumSet.complementOf(EnumSet.of(Mend.EXPIRE)));

        assertThat(page.text())
                .contains("--compact lake")
                .contains("snapshots: 1,001")
                .doesNotContain("--expire");
        assertThat(page.json()).contains("--compact lake").doesNotContain("--expire");
    }

    @Test
    void aNameThatWouldBeAPatternIsNotPutIntoACommand() {
        HealthPage page = new HealthPage(List.of(unwell("shop.o*", 30)), "lake", ALL);

        assertThat(page.text()).doesNotContain("firn maintain");
        assertThat(page.ranked()).endsWith("\nNext:  firn table health lake 'shop.o*'\n");
    }

    @Test
    void theWorstComesFirst() {
        HealthPage page =
                new HealthPage(List.of(unwell("shop.a", 70), unwell("shop.b", 69), unwell("shop.c", 70)), "lake", ALL);

        assertThat(page.tables())
                .extracting(table -> table.table().full())
                .containsExactly("shop.b", "shop.a", "shop.c");
        assertThat(page.areWell()).isFalse();
        assertThat(page.ranked())
                .startsWith("3 tables, 1 of them not well (less than 70 of 100)\n")
                .endsWith("\nNext:  firn table health lake shop.b\n");
        assertThat(new HealthPage(List.of(unwell("shop.a", 70)), "lake", ALL).areWell())
                .isTrue();
    }

    private static TableHealth unwell(String name, int score) {
        return new TableHealth(
                new TableName(name),
                new Counts(100, 10, 100, 1, 1, 5, 50),
                score,
                List.of(
                        new Reason("small-files", 40, "10 data files could be 1", Optional.of(Mend.COMPACT)),
                        new Reason("delete-files", 20, "2 delete files", Optional.of(Mend.WORK_DELETES_IN)),
                        new Reason("snapshots", 10, "1,001 snapshots", Optional.of(Mend.EXPIRE)),
                        new Reason("skew", 5, "one is large", Optional.empty())),
                List.of());
    }
}
