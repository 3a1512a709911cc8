package dev.firn.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.preview.Previewed;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.source.Sample.Ended;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreviewTextTest {

    private static final RawRecord RECORD =
            new RawRecord(new Split("kafka", "orders", 1, "id"), 5_001, 0, null, new byte[0], List.of());

    private static Previewed.Row row(@Nullable Object... values) {
        return new Previewed.Row(RECORD, new ArrayList<>(Arrays.asList(values)));
    }

    private static Glimpse glimpse(TableSchema schema, Ended ended, Previewed.Row... rows) {
        return new Glimpse(
                4,
                80_012,
                ended,
                new Previewed(
                        new TreeMap<>(Map.of(new TableName("shop.orders"), new Previewed.Rows(schema, List.of(rows)))),
                        List.of(
                                new QuarantinedRecord(
                                        RECORD,
                                        Optional.of("shop.orders"),
                                        RejectCode.BAD_UTF8,
                                        "the field `note` is no\ntext, and here it is said at such a length that one line does not do")),
                        new TreeMap<>(Map.of(
                                new TableName("shop.orders"), new TreeMap<>(Map.of("", 3L, "positive-amount", 1L)))),
                        1));
    }

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            Column.required("id", Primitive.LONG),
            Column.optional("at", Primitive.TIMESTAMPTZ),
            Column.optional("amount", new ColumnType.Decimal(10, 2)),
            Column.optional("note", Primitive.STRING),
            Column.optional("raw", Primitive.BINARY),
            Column.optional("tags", new ColumnType.ListOf(Primitive.STRING, Nullability.REQUIRED))));

    @Test
    void showsRowsUnderTheirColumnsAndWhatIsRefusedWithCodeAndPlace() {
        Glimpse glimpse = glimpse(
                SCHEMA,
                Ended.OUT_OF_TIME,
                row(
                        7L,
                        OffsetDateTime.parse("2026-03-01T12:00:00+01:00"),
                        new BigDecimal("1.50"),
                        "fine\u001b[2J",
                        ByteBuffer.wrap(new byte[] {1, -1}),
                        List.of("a", "b")),
                row(12_345L, null, null, null, null, List.of()));

        assertThat(PreviewText.write(glimpse))
                .isEqualTo(
                        """
                        looked at 4 records of 80,012, and then the time was over; nothing was written

                        shop.orders  2 rows, 6 columns
                             id  at                    amount  note           raw     tags
                              7  2026-03-01T11:00:00Z    1.50  fine\\u001b[2J  0x01ff  [a, b]
                          12345  -                          -  -              -       []

                        quarantine  1 record
                          bad-utf8  orders-1 @ 5,001  the field `note` is no\\ntext, and here it is said at such a length
                              that one line does not do

                        left out  3 records of shop.orders, by `where`

                        left out  1 record of shop.orders, by the rule `positive-amount`

                        no data  1 record without a row
                        """);
    }

    @Test
    void saysWhatIsReplacedAndWhatDeletes() {
        TableSchema one = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
        Previewed previewed = new Previewed(
                new TreeMap<>(
                        Map.of(new TableName("shop.customers"), new Previewed.Rows(one, List.of(row(7L)), 2, 1, 0))),
                List.of(),
                new TreeMap<>(),
                0);

        Glimpse glimpse = new Glimpse(4, 4, Ended.AT_THE_END, previewed);

        assertThat(PreviewText.write(glimpse))
                .contains("shop.customers  1 row, 1 column; 2 records before them had the same keys; 1 delete\n");
        assertThat(PreviewJson.write(glimpse)).contains("\"replaced\" : 2,", "\"deletes\" : 1");
    }

    @Test
    void columnsThatDoNotFitAreNamedBelowAndNoLineIsLongerThanAHundred() {
        List<Column> columns = IntStream.range(0, 30)
                .mapToObj(place -> Column.optional("column_" + place, Primitive.STRING))
                .toList();
        Object[] values = IntStream.range(0, 30)
                .mapToObj(place -> "a value that goes on and on and on " + place)
                .toArray();

        String text = PreviewText.write(glimpse(new TableSchema(columns), Ended.ENOUGH, row(values)));

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(text)
                .contains("  a value that goes on and on…  a value", "\n  and 27 columns more: column_3, column_4, ");
    }

    @Test
    void aColumnThatIsAloneHasTheLineForItself() {
        TableSchema one = new TableSchema(List.of(Column.required("value", Primitive.STRING)));

        assertThat(PreviewText.write(glimpse(one, Ended.ENOUGH, row("x".repeat(200)))))
                .contains("\n  " + "x".repeat(95) + "…\n");
    }

    @Test
    void numbersOfJsonLoseNothing() {
        Glimpse glimpse = glimpse(
                SCHEMA,
                Ended.AT_THE_END,
                row(9_007_199_254_740_993L, null, new BigDecimal("1.50"), "n", null, List.of()));

        assertThat(PreviewJson.write(glimpse))
                .contains(
                        "\"ended\" : \"at-the-end\"",
                        "\"id\" : 9007199254740993,",
                        "\"amount\" : \"1.50\"",
                        "\"position\" : 5001",
                        "\"code\" : \"bad-utf8\"",
                        "\"tombstones\" : 1");
    }
}
