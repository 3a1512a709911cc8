package dev.firn.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.inspection.TableFreshness;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessPageTest {

    private static final Instant NOW = Instant.parse("2026-01-03T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aTableIsFreshUpToTheAgeThatIsAllowed() {
        assertThat(page(last(NOW.minus(HOUR))).isFresh()).isTrue();
        assertThat(page(last(NOW.minus(HOUR).minusMillis(1))).isFresh()).isFalse();
        assertThat(page(last(NOW), last(NOW.minus(HOUR).minusMillis(1))).isFresh())
                .isFalse();
    }

    @Test
    void aTableWithoutRowsIsNotFreshButWhereNothingIsAsked() {
        TableFreshness never = new TableFreshness(
                new TableName("shop.orders"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(page(never).isFresh()).isFalse();
        assertThat(new FreshnessPage(List.of(never), NOW, Optional.empty()).isFresh())
                .isTrue();
    }

    @Test
    void rowsWhoseSnapshotHasExpiredAreAsOldAsTheOldestThatIsLeft() {
        assertThat(page(notAfter(NOW.minus(HOUR))).isFresh()).isTrue();
        FreshnessPage old = page(notAfter(NOW.minus(HOUR).minusSeconds(1)));

        assertThat(old.isFresh()).isFalse();
        assertThat(old.text())
                .isEqualTo(
                        """
                        As of 2026-01-03 12:00:00, times in UTC

                            table        last rows  age  newest event  by  fresh
                            shop.orders  -          -    -             -   no

                          note: the snapshot with the last rows of shop.orders has expired; they came at 2026-01-03 10:59:59
                          at the latest
                        """);
        assertThat(old.json().replace(" ", ""))
                .contains("\"last-rows-not-after\":\"2026-01-03T10:59:59Z\"")
                .contains("\"fresh\":false");
    }

    private static FreshnessPage page(TableFreshness... tables) {
        return new FreshnessPage(List.of(tables), NOW, Optional.of(HOUR));
    }

    private static TableFreshness last(Instant at) {
        return new TableFreshness(
                new TableName("shop.orders"), Optional.of(at), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static TableFreshness notAfter(Instant at) {
        return new TableFreshness(
                new TableName("shop.orders"), Optional.empty(), Optional.of(at), Optional.empty(), Optional.empty());
    }
}
