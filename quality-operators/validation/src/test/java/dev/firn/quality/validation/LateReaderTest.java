package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.table.MaskOptions.Mask;
import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.EventClock;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LateReaderTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column PLACED = Column.optional("placed_at", Primitive.TIMESTAMPTZ);
    private static final TableSchema TABLE = new TableSchema(List.of(ID, PLACED));
    private static final TableSchema TAGGED = new TableSchema(List.of(ID, PLACED, RowRules.FAILED_RULES));

    private final Versions versions = new Versions(new Column[] {ID, PLACED});

    /** Of one split: what it is told, it believes. */
    private final EventClock clock = new EventClock() {
        private long newest = NONE;

        @Override
        public long next(RawRecord record, long micros) {
            long before = newest;
            newest = Math.max(newest, micros);
            return before;
        }
    };

    private static RowRules rules(Otherwise late, RowRule... expect) {
        return new RowRules(
                null,
                List.of(expect),
                TABLE,
                RowShape.NONE,
                List.of(),
                new RowEventTime("placed_at", Duration.ofHours(2), late));
    }

    private RowDecoder decoder(RowRules rules, TableSchema table) throws Rejected {
        return RuledReader.of(versions, "orders", rules, raw -> raw, clock).decoder(0, table, LISTS);
    }

    private Object decoded(RowDecoder decoder, @Nullable Object... values) throws Rejected {
        return decoder.decode(versions.record(values));
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse("2026-01-05T" + time + "Z");
    }

    @Test
    void aRowIsLateThatIsFartherBehindTheNewestBeforeItThanTheFileAllows() throws Exception {
        RowDecoder decoder = decoder(rules(Otherwise.QUARANTINE), TABLE);

        assertThat(decoded(decoder, 1L, at("10:00:00"))).isEqualTo(List.of(1L, at("10:00:00")));
        assertThat(decoded(decoder, 2L, at("08:00:00")))
                .as("two hours are allowed")
                .isInstanceOf(List.class);
        Rejected late = catchThrowableOfType(Rejected.class, () -> decoded(decoder, 3L, at("07:59:59.999999")));

        assertThat(late.code()).isEqualTo(RejectCode.LATE);
        assertThat(late.rule()).isEmpty();
        assertThat(late.reason())
                .isEqualTo(
                        "`placed_at` is 2026-01-05T07:59:59.999999Z, more than 2h before the newest of its partition,"
                                + " 2026-01-05T10:00:00Z");
        assertThat(decoded(decoder, 4L, at("09:00:00")))
                .as("a late one moves nothing")
                .isInstanceOf(List.class);
    }

    @Test
    void aRowWithoutATimeIsNotLate() throws Exception {
        RowDecoder decoder = decoder(rules(Otherwise.QUARANTINE), TABLE);
        decoded(decoder, 1L, at("10:00:00"));

        assertThat(decoded(decoder, 2L, null)).isEqualTo(Arrays.asList(2L, null));
        assertThatThrownBy(() -> decoded(decoder, 3L, at("07:00:00"))).isInstanceOf(Rejected.class);
    }

    @Test
    void aLateRowIsLeftOutOrEndsTheJobWhereTheFileSaysSo() throws Exception {
        RowDecoder dropping = decoder(rules(Otherwise.DROP), TABLE);
        decoded(dropping, 1L, at("10:00:00"));
        assertThat(decoded(dropping, 2L, at("07:00:00"))).isEqualTo(LeftOut.by("late"));

        RowDecoder failing = decoder(rules(Otherwise.FAIL), TABLE);
        assertThatThrownBy(() -> decoded(failing, 3L, at("07:00:00")))
                .isInstanceOf(RowForbidden.class)
                .hasMessageMatching(
                        "a record is late, which ends the job: `placed_at` is 2026-01-05T07:00Z, more than 2h"
                                + " before .* \\(kafka/orders-0 @ 2\\)");
        assertThatThrownBy(() -> decoded(decoder(rules(Otherwise.FAIL).withoutAJob(), TABLE), 4L, at("07:00:00")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aLateRowSaysSoBesideTheRulesThatItFails() throws Exception {
        RowRules tags = rules(Otherwise.TAG, new RowRule("small", "id < 3", Otherwise.TAG));
        RowDecoder decoder = decoder(tags, TAGGED);

        assertThat(decoded(decoder, 1L, at("10:00:00"))).isEqualTo(Arrays.asList(1L, at("10:00:00"), null));
        assertThat(decoded(decoder, 2L, at("07:00:00"))).isEqualTo(List.of(2L, at("07:00:00"), List.of("late")));
        assertThat(decoded(decoder, 3L, at("07:00:00")))
                .isEqualTo(List.of(3L, at("07:00:00"), List.of("small", "late")));
    }

    @Test
    void aLateRowThatCanNotSaySoGoesToQuarantine() throws Exception {
        RowDecoder decoder = decoder(rules(Otherwise.TAG), TABLE);
        decoded(decoder, 1L, at("10:00:00"));

        assertThatThrownBy(() -> decoded(decoder, 2L, at("07:00:00")))
                .isInstanceOf(Rejected.class)
                .hasMessageEndingWith("; it can't be tagged, for the table has no column `_failed_rules`");
    }

    @Test
    void whatIsNoRowSaysNothingOfTheTime() throws Exception {
        RowDecoder decoder = decoder(
                rules(
                        Otherwise.QUARANTINE,
                        new RowRule("sane", "placed_at < timestamp '2027-01-01 00:00:00'", Otherwise.DROP)),
                TABLE);
        decoded(decoder, 1L, at("10:00:00"));

        assertThat(decoded(decoder, 2L, OffsetDateTime.parse("2999-01-01T00:00:00Z")))
                .isEqualTo(LeftOut.by("sane"));
        assertThat(decoded(decoder, 3L, at("09:00:00"))).isInstanceOf(List.class);
    }

    @Test
    void datesAndTimesWithoutAnOffsetAreOfUtc() {
        EventTimes.Reading dates = EventTimes.reading(Primitive.DATE).orElseThrow();
        EventTimes.Reading locals = EventTimes.reading(Primitive.TIMESTAMP).orElseThrow();
        EventTimes.Reading instants = EventTimes.reading(Primitive.TIMESTAMPTZ).orElseThrow();
        long midnight = LocalDate.parse("2026-01-05").atStartOfDay(UTC).toEpochSecond() * 1_000_000;

        assertThat(dates.micros(LocalDate.parse("2026-01-05"))).isEqualTo(midnight);
        assertThat(locals.micros(LocalDateTime.parse("2026-01-05T00:00:00.000007")))
                .isEqualTo(midnight + 7);
        assertThat(instants.micros(OffsetDateTime.parse("2026-01-05T02:00:00.000007+02:00")))
                .isEqualTo(midnight + 7);
        assertThat(instants.micros(OffsetDateTime.parse("1969-12-31T23:59:59.999999Z")))
                .isEqualTo(-1);
        assertThat(dates.micros(LocalDate.ofEpochDay(Integer.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(dates.micros(LocalDate.ofEpochDay(Integer.MIN_VALUE))).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(EventTimes.reading(Primitive.STRING)).isEmpty();
    }

    @Test
    void timesThatLieFarthestApartAreFarApart() throws Exception {
        versions.add(Map.of(), ID, Column.optional("placed_at", Primitive.DATE));
        TableSchema table = new TableSchema(List.of(ID, Column.optional("placed_at", Primitive.DATE)));
        RowDecoder decoder = RuledReader.of(versions, "orders", rules(Otherwise.DROP), raw -> raw, clock)
                .decoder(1, table, LISTS);

        assertThat(decoded(decoder, 1L, LocalDate.ofEpochDay(Integer.MIN_VALUE)))
                .isInstanceOf(List.class);
        assertThat(decoded(decoder, 2L, LocalDate.ofEpochDay(Integer.MIN_VALUE)))
                .isInstanceOf(List.class);
        assertThat(decoded(decoder, 3L, LocalDate.ofEpochDay(Integer.MAX_VALUE)))
                .isInstanceOf(List.class);
        assertThat(decoded(decoder, 4L, LocalDate.ofEpochDay(Integer.MIN_VALUE)))
                .isEqualTo(LeftOut.by("late"));
    }

    @Test
    void nothingIsLateBehindTheOldestTimesThereAre() throws Exception {
        TableSchema table = new TableSchema(List.of(ID, Column.optional("placed_at", Primitive.TIMESTAMP)));
        RowDecoder decoder = RuledReader.of(versions, "orders", rules(Otherwise.DROP), raw -> raw, clock)
                .decoder(0, table, LISTS);
        long oldest = Long.MIN_VALUE / 1_000_000 + 1;

        assertThat(decoded(decoder, 1L, LocalDateTime.ofEpochSecond(oldest + 3_600, 0, UTC)))
                .isInstanceOf(List.class);
        assertThat(decoded(decoder, 2L, LocalDateTime.ofEpochSecond(oldest, 0, UTC)))
                .isInstanceOf(List.class);
    }

    @Test
    void recordsOfATableThatDoesNotHaveTheColumnAnyMoreGoToQuarantine() {
        WriterView renamed = new WriterView(
                TABLE, Set.of(), new TableSchema(List.of(ID, Column.optional("ordered_at", Primitive.TIMESTAMPTZ))));

        assertThatThrownBy(() -> RuledReader.of(versions, "orders", rules(Otherwise.DROP), raw -> raw, clock)
                        .decoder(0, renamed, LISTS))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("the table has no column `placed_at`, though the record has");
        assertThatThrownBy(() -> decoder(rules(Otherwise.DROP), new TableSchema(List.of(ID))))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("the table has no column `placed_at`; change the file");
    }

    @Test
    void recordsOfBeforeTheColumnAreNotLate() throws Exception {
        Versions before = new Versions(new Column[] {ID}, new Column[] {ID, PLACED});
        WriterView view = new WriterView(new TableSchema(List.of(ID)), Set.of());

        RowDecoder decoder = RuledReader.of(before, "orders", rules(Otherwise.DROP), raw -> raw, clock)
                .decoder(0, view, LISTS);

        assertThat(decoder.decode(before.record(1L))).isEqualTo(List.of(1L));
    }

    @Test
    void whoeverDoesNotReadInOrderHasNoLateRows() throws Exception {
        RowDecoder decoder = RuledReader.of(versions, "orders", rules(Otherwise.DROP), raw -> raw)
                .decoder(0, TABLE, LISTS);
        decoded(decoder, 1L, at("10:00:00"));

        assertThat(decoded(decoder, 2L, at("07:00:00"))).isInstanceOf(List.class);
    }

    private Object decoded(Versions of, int version, TableSchema table, @Nullable Object... values) throws Rejected {
        Map<String, String> columns = new HashMap<>();
        of.versions.get(version).fields().forEach(path -> columns.put(path, path));
        WriterView view = WriterView.of(table, of.versions.get(version), columns);
        return RuledReader.of(of, "orders", rules(Otherwise.DROP), raw -> raw, clock)
                .decoder(version, view, LISTS)
                .decode(of.record(values));
    }

    @Test
    void recordsOfAnOlderVersionWithoutTheColumnHaveNoTime() throws Exception {
        Versions added = new Versions(new Column[] {ID}, new Column[] {ID, PLACED});

        assertThat(decoded(added, 0, TABLE, 1L)).isEqualTo(Arrays.asList(1L, null));
    }

    /** Unless the file says otherwise, the table keeps its column, with nulls: nothing would be late from then on, without a word. */
    @Test
    void recordsOfAProducerThatHasDroppedTheColumnAreRefused() {
        Versions dropped = new Versions(new Column[] {ID, PLACED}, new Column[] {ID});

        assertThatThrownBy(() -> decoded(dropped, 1, TABLE, 1L))
                .isInstanceOf(Rejected.class)
                .hasMessage(
                        "`event-time` can't be asked: the record's schema does not have `placed_at`, and is no older"
                                + " than it; change the file, then put its records back with `firn replay`");
    }

    /** The same where a rename is kept: the new name is one more column, the old one has nulls. */
    @Test
    void recordsOfAProducerThatHasRenamedTheColumnAreRefused() throws Exception {
        Column ordered = Column.optional("ordered_at", Primitive.TIMESTAMPTZ);
        Versions renamed = new Versions(new Column[] {ID, PLACED}).add(Map.of("ordered_at", "placed_at"), ID, ordered);
        TableSchema both = new TableSchema(List.of(ID, PLACED, ordered));

        assertThat(decoded(renamed, 0, both, 1L, at("10:00:00"))).isEqualTo(Arrays.asList(1L, at("10:00:00"), null));
        assertThatThrownBy(() -> decoded(renamed, 1, both, 1L, at("10:00:00")))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("the record's schema does not have `placed_at`, and is no older than it");
    }

    /** Values of others are not told, and that of the column is not hidden. */
    @Test
    void howLateARowIsIsToldThoughOtherColumnsAreHidden() throws Exception {
        Column email = Column.optional("email", Primitive.STRING);
        TableSchema people = new TableSchema(List.of(ID, PLACED, email));
        Versions versionsOfPeople = new Versions(new Column[] {ID, PLACED, email});
        for (Otherwise late : List.of(Otherwise.QUARANTINE, Otherwise.FAIL)) {
            RowRules masked = new RowRules(
                    null,
                    List.of(),
                    people,
                    RowShape.NONE,
                    List.of(new RowMask("email", Mask.SHA256, null)),
                    new RowEventTime("placed_at", Duration.ofMillis(1_500), late));
            RowDecoder decoder = RuledReader.of(versionsOfPeople, "orders", masked, raw -> raw, clock)
                    .decoder(0, people, LISTS);
            assertThat(decoder.decode(versionsOfPeople.record(1L, at("10:00:00"), "ann@firn.dev")))
                    .asString()
                    .contains("10:00")
                    .doesNotContain("ann");

            assertThatThrownBy(() -> decoder.decode(versionsOfPeople.record(2L, at("07:00:00"), "ann@firn.dev")))
                    .isInstanceOf(late == Otherwise.FAIL ? RowForbidden.class : Rejected.class)
                    .hasMessageContaining("`placed_at` is 2026-01-05T07:00Z, more than 1500ms before the newest of its"
                            + " partition, 2026-01-05T10:00:00Z");
        }
    }
}
