package dev.firn.flink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.replay.Replay.EpochSize;
import dev.firn.flink.replay.WaitingPlaces.Place;
import dev.firn.flink.replay.WaitingPlaces.Stretch;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.QuarantineSelection.Positions;
import dev.firn.spi.sink.QuarantinedRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where records wait, in their order, whatever order their rows come in. */
class WaitingPlacesTest {

    private static final Split FIRST = new Split("kafka", "orders", 0, "topic");
    private static final Split SECOND = new Split("kafka", "orders", 1, "topic");

    private final WaitingPlaces places = new WaitingPlaces(
            new TreeMap<>(java.util.Map.of(FIRST, new long[] {3, 5, 5, 9}, SECOND, new long[] {1, 20})));

    private static Place at(Split split, long position) {
        return new Place(split, position);
    }

    @Test
    void stretchesFollowEachOtherOverAllSplits() {
        Stretch stretch = places.stretch(places.first().orElseThrow(), 2);
        assertThat(stretch).isEqualTo(new Stretch(at(FIRST, 3), at(FIRST, 5), new Positions(3, 5)));

        Place next = places.behind(stretch.last()).orElseThrow();
        stretch = places.stretch(next, 2);
        assertThat(stretch).isEqualTo(new Stretch(at(FIRST, 9), at(SECOND, 1), new Positions(1, 9)));

        next = places.behind(stretch.last()).orElseThrow();
        assertThat(next).isEqualTo(at(SECOND, 20));
        assertThat(places.behind(places.stretch(next, 2).last())).isEmpty();
    }

    @Test
    void whatHasComeSinceIsNoPlaceToGoOnFrom() {
        assertThat(places.from(at(FIRST, 10))).contains(at(SECOND, 1));
        assertThat(places.from(at(FIRST, 9))).contains(at(FIRST, 9));
        assertThat(places.from(at(SECOND, 21))).isEmpty();
    }

    @Test
    void nothingWaitsWhereThereAreNone() {
        assertThat(new WaitingPlaces(new TreeMap<>()).first()).isEmpty();
    }

    private static QuarantinedRow row(long position, int bytes) {
        return new QuarantinedRow(
                Instant.EPOCH,
                "shop",
                1,
                new RawRecord(FIRST, position, 0, null, new byte[bytes], List.of()),
                Optional.of("sales.orders"),
                "table-paused",
                Optional.empty(),
                "waits",
                Optional.empty(),
                Optional.empty());
    }

    private static StretchRows rows(long bytes, QuarantinedRow... some) {
        StretchRows rows =
                new StretchRows(new Stretch(at(FIRST, 2), at(FIRST, 9), new Positions(2, 9)), new EpochSize(10, bytes));
        for (QuarantinedRow row : some) {
            rows.add(row);
        }
        return rows;
    }

    private static List<Long> positions(StretchRows rows) {
        return rows.inOrder().stream().map(row -> row.record().position()).toList();
    }

    @Test
    void whatHasNoRoomIsTheLastOfAStretch() {
        StretchRows rows = rows(25, row(9, 10), row(5, 10), row(1, 1), row(3, 10), row(10, 1), row(9, 10), row(7, 1));

        assertThat(positions(rows)).containsExactly(3L, 5L, 7L);
        assertThat(rows.cut()).contains(at(FIRST, 9));
    }

    @Test
    void whatIsBehindACutStaysForTheNextEvenWhereThereWouldBeRoom() {
        StretchRows rows = rows(15, row(3, 5), row(5, 20), row(7, 1));

        assertThat(positions(rows)).containsExactly(3L);
        assertThat(rows.cut()).contains(at(FIRST, 5));
    }

    @Test
    void allOfOnePlaceGoTogetherHoweverLargeTheyAre() {
        StretchRows rows = rows(15, row(3, 20), row(3, 20));

        assertThat(positions(rows)).containsExactly(3L, 3L);
        assertThat(rows.cut()).isEmpty();
    }
}
