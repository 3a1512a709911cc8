package dev.firn.cli.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.MaskOptions;
import dev.firn.quality.validation.MaskedValues;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableProposalTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** A column and its values, by the row's number. */
    private record Of(String name, ColumnType type, IntFunction<@Nullable Object> value) {}

    private static Of of(String name, ColumnType type, IntFunction<@Nullable Object> value) {
        return new Of(name, type, value);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static SampledTable table(int rows, Of... columns) {
        return table(rows, rows, row -> Optional.empty(), columns);
    }

    private static SampledTable table(int rows, long records, IntFunction<Optional<String>> key, Of... columns) {
        TableSchema schema = new TableSchema(Arrays.stream(columns)
                .map(column -> Column.optional(column.name(), column.type()))
                .toList());
        List<SampledRow> sampled = IntStream.range(0, rows)
                .mapToObj(row -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (Of column : columns) {
                        values.add(column.value().apply(row));
                    }
                    return new SampledRow(values, Optional.of(NOW), key.apply(row));
                })
                .toList();
        return new SampledTable(schema, sampled, records);
    }

    private static Optional<Finding> finding(String option, SampledTable table) {
        return TableProposal.of(table).stream()
                .filter(found -> found.option().equals(option))
                .findFirst();
    }

    @Test
    void partitionsByTheDayOfWhatIsNearTheRecordsTime() {
        SampledTable table = table(
                100,
                of("updated_at", Primitive.TIMESTAMPTZ, row -> time(NOW)),
                of("birthday", Primitive.DATE, row -> LocalDate.of(1970, 1, 1)),
                of("seen", Primitive.TIMESTAMPTZ, row -> time(NOW.minusSeconds(row))));

        assertThat(finding("partition-by", table))
                .contains(
                        new Finding(
                                "partition-by",
                                "\"day(seen)\"",
                                List.of(
                                        "`seen` is a timestamptz, in 100 of 100 records within 2 days of the record's own time.")));
        assertThat(finding("event-time", table).orElseThrow().value()).isEqualTo("{column: seen, late-after: 2d}");
    }

    @Test
    void saysThatOldDataWereLoadedFromElsewhere() {
        SampledTable table =
                table(5, of("placed_at", Primitive.TIMESTAMPTZ, row -> time(NOW.minus(Duration.ofDays(60)))));

        assertThat(finding("partition-by", table).orElseThrow().why())
                .containsExactly("`placed_at` is a timestamptz in every record and is called as if it said when, though"
                        + " none is within 2 days of its record's own time: were they loaded from elsewhere?");
    }

    @Test
    void aTimeThatIsMissingInARecordIsNoPartition() {
        SampledTable table = table(100, of("placed_at", Primitive.TIMESTAMPTZ, row -> row == 7 ? null : time(NOW)));

        assertThat(TableProposal.of(table)).isEmpty();
    }

    @Test
    void aBirthdayIsNoEventEvenWhereItIsTheOnlyDate() {
        assertThat(finding(
                        "partition-by", table(100, of("birth_date", Primitive.DATE, row -> LocalDate.of(2026, 3, 1)))))
                .isEmpty();
        assertThat(finding(
                        "partition-by", table(100, of("anniversary", Primitive.DATE, row -> LocalDate.of(1999, 1, 1)))))
                .isEmpty();
    }

    @Test
    void fewRecordsOfManyDaysArePartitionedByMonth() {
        SampledTable table = table(
                365,
                365,
                row -> Optional.empty(),
                of("created_at", Primitive.TIMESTAMPTZ, row -> time(NOW.minus(Duration.ofDays(row)))));

        assertThat(finding("partition-by", table)).hasValueSatisfying(found -> {
            assertThat(found.value()).isEqualTo("\"month(created_at)\"");
            assertThat(found.why()).contains("By month, for 365 records of 364 days are few for a partition a day.");
        });
    }

    @Test
    void veryManyRecordsAreDividedByAnIdThatRowsShare() {
        Of[] columns = {
            of("order_id", Primitive.LONG, row -> (long) row),
            of("customer_id", Primitive.LONG, row -> (long) row / 2),
            of("placed_at", Primitive.TIMESTAMPTZ, row -> time(NOW))
        };

        assertThat(finding("partition-by", table(100, 200_000_000, row -> Optional.empty(), columns)))
                .hasValueSatisfying(
                        found -> assertThat(found.value()).isEqualTo("\"day(placed_at), bucket(customer_id, 16)\""));
        assertThat(finding("partition-by", table(100, 99_999_999, row -> Optional.empty(), columns)))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo("\"day(placed_at)\""));
    }

    @Test
    void theKeyIsTheIdThatTheRecordsHaveAsTheirs() {
        SampledTable table = table(
                50,
                50,
                row -> Optional.of("o-" + row),
                of("event_id", Primitive.LONG, row -> (long) row),
                of("order_id", Primitive.STRING, row -> "o-" + row),
                of("region_id", Primitive.INT, row -> row % 3));

        assertThat(finding("key", table))
                .contains(new Finding(
                        "key",
                        "[order_id]",
                        List.of("`order_id` is another one in each of 50 records, and in 50 of 50 the record's key.")));
    }

    @Test
    void aFewRecordsDoNotSayWhatIsUnique() {
        assertThat(finding("key", table(19, of("id", Primitive.LONG, row -> (long) row))))
                .isEmpty();
        assertThat(finding("key", table(20, of("id", Primitive.LONG, row -> (long) row))))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "customer_email, someone, sha256, `customer_email` is called like an e-mail address.",
        "contact, ada@example.org, sha256, `contact` looks like an e-mail address in 30 of 30 values.",
        "payment, 4111 1111 1111 1111, last4, `payment` looks like a card's number in 30 of 30 values.",
        "reference, 078-05-1120, redact, `reference` looks like a social security number in 30 of 30 values.",
        "contact, ada.l+x@mail.example.org, sha256, `contact` looks like an e-mail address in 30 of 30 values.",
        "homePhone, 1, last4, `homePhone` is called like a telephone number.",
        "last_name, x, redact, `last_name` is called like a person's name."
    })
    void hidesWhatLooksPersonalByNameOrByValue(String column, String value, String mask, String why) {
        assertThat(finding("mask", table(30, of(column, Primitive.STRING, row -> value))))
                .contains(new Finding("mask", "{" + column + ": " + mask + "}", List.of(why)));
    }

    @Test
    void aNumberIsHiddenAltogetherForItHasNoLastCharacters() {
        assertThat(finding("mask", table(30, of("card_number", Primitive.LONG, row -> 4111111111111111L)))
                        .orElseThrow()
                        .value())
                .isEqualTo("{card_number: nullify}");
    }

    @Test
    void everyMaskGoesWithTheTypeOfItsColumn() {
        for (String name :
                List.of("email", "card", "ssn", "iban", "phone", "last_name", "street", "dob", "ip", "pin")) {
            for (Primitive type : Primitive.values()) {
                finding("mask", table(0, of(name, type, row -> null)))
                        .ifPresent(found -> assertThat(MaskedValues.column(mask(found), Column.optional(name, type)))
                                .as(found.value() + " of " + type)
                                .isPresent());
            }
        }
    }

    private static MaskOptions.Mask mask(Finding found) {
        String word = found.value().replaceAll(".*: |\\}", "");
        return MaskOptions.Mask.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Test
    void whatIsHiddenTellsNoRowsApart() {
        SampledTable table = table(
                30,
                TableProposal.MANY,
                row -> Optional.empty(),
                of("tax_id", Primitive.STRING, row -> "t-" + row),
                of("placed_at", Primitive.TIMESTAMPTZ, row -> time(NOW)));

        assertThat(finding("mask", table)).isPresent();
        assertThat(finding("key", table)).isEmpty();
        assertThat(finding("partition-by", table).orElseThrow().value()).isEqualTo("\"day(placed_at)\"");
    }

    @ParameterizedTest
    @CsvSource({
        "payment, 4111 1111 1111 1112",
        "status, PAID",
        "value, {mail:ada@example.org}",
        "shipping, 12345",
        "company_name, ada",
        "spin, 7"
    })
    void hidesNothingElse(String column, String value) {
        assertThat(finding("mask", table(30, of(column, Primitive.STRING, row -> value))))
                .isEmpty();
    }

    @Test
    void withoutRecordsOnlyNamesSpeak() {
        SampledTable table = table(
                0,
                of("id", Primitive.LONG, row -> 1L),
                of("occurred_at", Primitive.TIMESTAMPTZ, row -> time(NOW)),
                of("email", Primitive.STRING, row -> ""));

        assertThat(TableProposal.of(table))
                .extracting(Finding::option)
                .containsExactly("event-time", "mask", "partition-by");
        assertThat(finding("partition-by", table).orElseThrow().why())
                .containsExactly(
                        "`occurred_at` is a timestamptz that is called as if it said when; there are no records to look at.");
    }
}
