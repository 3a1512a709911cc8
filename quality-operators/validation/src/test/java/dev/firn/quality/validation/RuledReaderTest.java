package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuledReaderTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column AMOUNT = Column.optional("amount", Primitive.INT);
    private static final Column REGION = Column.optional("region", Primitive.STRING);
    private static final Column CITY =
            Column.optional("address", new ColumnType.Struct(List.of(Column.optional("city", Primitive.STRING))));
    private static final TableSchema TABLE = new TableSchema(List.of(ID, AMOUNT, REGION, CITY));

    private static Column[] version(Column... columns) {
        return columns;
    }

    private static RowRule rule(String name, String that, Otherwise otherwise) {
        return new RowRule(name, that, otherwise);
    }

    private static RowRules rules(@Nullable String where, RowRule... expect) {
        return new RowRules(where, List.of(expect), TABLE);
    }

    private static final Versions WHOLE = new Versions(version(ID, AMOUNT, REGION, CITY));

    private static Object decoded(RowRules rules, @Nullable Object... values) throws Rejected {
        RawRecord record = WHOLE.record(values);
        return RuledReader.of(WHOLE, "orders", rules).decoder(0, TABLE, LISTS).decode(record);
    }

    private static Rejected rejected(RowRules rules, @Nullable Object... values) {
        return catchThrowableOfType(Rejected.class, () -> decoded(rules, values));
    }

    @Test
    void whatMeetsAllConditionsIsARow() throws Exception {
        assertThat(decoded(
                        rules("region <> 'TEST'", rule("positive", "amount > 0", Otherwise.QUARANTINE)),
                        1L,
                        5,
                        "EU",
                        null))
                .isEqualTo(Arrays.asList(1L, 5, "EU", null));
    }

    @Test
    void whatWhereIsNotTrueForIsFiltered() throws Exception {
        assertThat(decoded(rules("region <> 'TEST'"), 1L, 5, "TEST", null)).isEqualTo(LeftOut.FILTERED);
        assertThat(decoded(rules("region <> 'TEST'"), 1L, 5, null, null)).isEqualTo(LeftOut.FILTERED);
    }

    @Test
    void whatWhereLeavesOutIsNotHeldAgainstRules() throws Exception {
        assertThat(decoded(
                        rules("region <> 'TEST'", rule("positive", "amount > 0", Otherwise.FAIL)),
                        1L,
                        -5,
                        "TEST",
                        null))
                .isEqualTo(LeftOut.FILTERED);
    }

    @Test
    void aBrokenRuleRejectsWithItsNameAndTheValues() {
        Rejected rejected = rejected(
                rules(null, rule("known", "amount > 0 and region in ('EU')", Otherwise.QUARANTINE)), 1L, 5, "UK", null);

        assertThat(rejected.code()).isEqualTo(RejectCode.RULE_BROKEN);
        assertThat(rejected.rule()).contains("known");
        assertThat(rejected.reason())
                .isEqualTo(
                        "`known` is broken: `amount > 0 and region in ('EU')` is false for amount = 5, region = 'UK'");
    }

    @Test
    void whatIsUnknownBreaksNoRule() throws Exception {
        assertThat(decoded(rules(null, rule("positive", "amount > 0", Otherwise.QUARANTINE)), 1L, null, "EU", null))
                .isInstanceOf(List.class);
    }

    @Test
    void theFirstRuleThatIsBrokenDecides() throws Exception {
        RowRules dropFirst = rules(
                null,
                rule("fine", "id > 0", Otherwise.QUARANTINE),
                rule("positive", "amount > 0", Otherwise.DROP),
                rule("small", "amount > -1", Otherwise.QUARANTINE));

        assertThat(decoded(dropFirst, 1L, -5, "EU", null)).isEqualTo(LeftOut.by("positive"));
    }

    @Test
    void aRuleMayEndTheJob() {
        assertThatThrownBy(
                        () -> decoded(rules(null, rule("positive", "amount > 0", Otherwise.FAIL)), 1L, -5, "EU", null))
                .isInstanceOf(RowForbidden.class)
                .hasMessageMatching(
                        "a record breaks a rule that ends the job: `positive` is broken: `amount > 0` is false for"
                                + " amount = -5 \\(kafka/orders-0 @ \\d+\\)");
    }

    @Test
    void whatHasNoAnswerIsRejectedWhateverTheRuleSays() {
        Rejected where = rejected(rules("10 / amount > 1"), 1L, 0, "EU", null);
        Rejected rule = rejected(rules(null, rule("share", "10 / amount > 1", Otherwise.DROP)), 1L, 0, "EU", null);

        assertThat(where.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
        assertThat(where.rule()).isEmpty();
        assertThat(where.reason()).startsWith("`where` can't be asked: ");
        assertThat(rule.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
        assertThat(rule.rule()).contains("share");
    }

    @Test
    void conditionsLookIntoStructsOfTheSink() throws Exception {
        RowRules inBern = rules("address.city = 'Bern'");

        assertThat(decoded(inBern, 1L, 5, "EU", List.of("Bern"))).isInstanceOf(List.class);
        assertThat(decoded(inBern, 1L, 5, "EU", List.of("Basel"))).isEqualTo(LeftOut.FILTERED);
    }

    @Test
    void aColumnThatTheTableDoesNotHaveYetIsNull() throws Exception {
        Versions versions = new Versions(version(ID), version(ID, AMOUNT, REGION));
        RowRules rules = rules("coalesce(region, 'EU') <> 'TEST'", rule("positive", "amount > 0", Otherwise.FAIL));

        RowDecoder older = RuledReader.of(versions, "orders", rules)
                .decoder(0, view(new TableSchema(List.of(ID)), versions, 0), LISTS);

        assertThat(older.decode(versions.record(1L))).isEqualTo(List.of(1L));
    }

    @Test
    void aColumnThatTheTableTakesIntoNoneOrAnotherIsNotNull() {
        Versions versions = new Versions(version(ID, REGION), version(ID, Column.optional("area", Primitive.STRING)));
        FormatReader where = RuledReader.of(versions, "orders", rules("region <> 'TEST'"));
        FormatReader expect =
                RuledReader.of(versions, "orders", rules(null, rule("known", "region <> ''", Otherwise.DROP)));
        TableSchema narrow = new TableSchema(List.of(ID));
        TableSchema renamed = new TableSchema(List.of(ID, Column.optional("area", Primitive.STRING)));
        WriterView asRenamed = WriterView.of(renamed, versions.versions.get(0), Map.of("id", "id", "region", "area"));

        for (FormatReader reader : List.of(where, expect)) {
            assertThat(rejected(reader, 0, view(narrow, versions, 0)))
                    .as("left out")
                    .contains("the table has no column `region`, though the record has");
            assertThat(rejected(reader, 0, asRenamed)).as("renamed").contains("the table has no column `region`");
            assertThat(rejected(reader, 1, view(renamed, versions, 1)))
                    .as("a version behind the rename")
                    .contains("does not have `region`, and is no older than it");
        }
        assertThat(catchThrowableOfType(Rejected.class, () -> where.decoder(0, narrow, LISTS))
                        .reason())
                .as("a format without schemas")
                .contains("the table has no column `region`");
    }

    @Test
    void aVersionFromBeforeARenameThatTheTableHasNotMadeYetIsNotFiltered() {
        WriterSchema renamed = WriterSchema.of(
                new TableSchema(List.of(ID, REGION)),
                new TreeMap<>(Map.of("region", List.of("cust_region"))),
                new TreeMap<>());
        Versions versions = new Versions(version(ID, Column.optional("cust_region", Primitive.STRING)));
        versions.versions.add(renamed);
        FormatReader reader = RuledReader.of(versions, "orders", rules("region <> 'TEST'"));

        assertThat(rejected(reader, 0, view(versions.versions.get(0).columns(), versions, 0)))
                .contains("is no older than it");
    }

    @Test
    void aFieldOfAStructThatTheProducerHasDroppedIsNotNull() {
        Column bare =
                Column.optional("address", new ColumnType.Struct(List.of(Column.optional("street", Primitive.STRING))));
        Column whole = Column.optional(
                "address",
                new ColumnType.Struct(List.of(
                        Column.optional("street", Primitive.STRING), Column.optional("city", Primitive.STRING))));
        Versions versions = new Versions(version(ID, whole), version(ID, bare));
        WriterView view = WriterView.of(
                new TableSchema(List.of(ID, whole)),
                versions.versions.get(1),
                Map.of("id", "id", "address", "address", "address.street", "address.street"));

        assertThat(rejected(RuledReader.of(versions, "orders", rules("address.city <> 'TEST'")), 1, view))
                .contains("does not have `address.city`");
    }

    @Test
    void aColumnThatSomebodyHasRenamedInTheTableIsNullOnlyForRecordsThatHaveLostNothing() throws Exception {
        TableSchema table = new TableSchema(List.of(ID, Column.optional("area", Primitive.STRING)));
        Versions versions = new Versions(version(ID), version(ID, REGION), version(ID));
        FormatReader reader = RuledReader.of(versions, "orders", rules("area <> 'TEST'"));

        assertThat(reader.decoder(0, view(table, versions, 0), LISTS).decode(versions.record(1L)))
                .isEqualTo(LeftOut.FILTERED);
        assertThat(rejected(reader, 2, view(table, versions, 2))).contains("does not have `area`");
    }

    private static String rejected(FormatReader reader, int version, WriterView view) {
        return catchThrowableOfType(Rejected.class, () -> reader.decoder(version, view, LISTS))
                .reason();
    }

    @Test
    void aRegularExpressionThatATextIsTooLongForRejectsTheRecord() {
        Rejected rejected = rejected(rules("regexp(region, '^(\\w|-)+$')"), 1L, 5, "x".repeat(100_000), null);

        assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
        assertThat(rejected.reason()).contains("too long for one of its regular expressions");
    }

    @Test
    void conditionsNameColumnsAsTheTableDoes() throws Exception {
        Versions renamed = new Versions(version(ID, Column.optional("cust_region", Primitive.STRING)));
        WriterView view = WriterView.of(
                new TableSchema(List.of(ID, REGION)),
                renamed.versions.get(0),
                Map.of("id", "id", "cust_region", "region"));
        RowDecoder decoder =
                RuledReader.of(renamed, "orders", rules("region <> 'TEST'")).decoder(0, view, LISTS);

        assertThat(decoder.decode(renamed.record(1L, "EU"))).isEqualTo(List.of(1L, "EU"));
        assertThat(decoder.decode(renamed.record(2L, "TEST"))).isEqualTo(LeftOut.FILTERED);
    }

    @Test
    void aVersionThatHasLostAColumnThatWhereReadsIsRejectedAndOneOfBeforeIsNot() throws Exception {
        Versions versions = new Versions(version(ID), version(ID, REGION), version(ID, AMOUNT));
        FormatReader reader = RuledReader.of(
                versions, "orders", rules("region <> 'TEST'", rule("positive", "amount > 0", Otherwise.QUARANTINE)));

        RowDecoder older = reader.decoder(0, view(versions, 0), LISTS);
        Rejected lost = catchThrowableOfType(Rejected.class, () -> reader.decoder(2, view(versions, 2), LISTS));

        assertThat(older.decode(versions.record(1L))).isEqualTo(LeftOut.FILTERED);
        assertThat(lost.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
        assertThat(lost.reason())
                .isEqualTo(
                        "`where` can't be asked: the record's schema does not have `region`, and is no older than it; change"
                                + " the condition, then put its records back with `firn replay`");
    }

    private static WriterView view(Versions versions, int version) {
        return view(TABLE, versions, version);
    }

    /** What the table has a column for goes there. */
    private static WriterView view(TableSchema table, Versions versions, int version) {
        WriterSchema writer = versions.versions.get(version);
        Map<String, String> same = new TreeMap<>();
        writer.columns().columns().stream()
                .filter(column -> table.column(column.name()).isPresent())
                .forEach(column -> same.put(column.name(), column.name()));
        return WriterView.of(table, writer, same);
    }

    @Test
    void aConditionThatDoesNotFitTheTableRejectsAllOfItsRecords() {
        TableSchema other = new TableSchema(List.of(ID, Column.optional("region", Primitive.INT)));
        FormatReader reader = RuledReader.of(WHOLE, "orders", rules("region <> 'TEST'"));

        Rejected rejected = catchThrowableOfType(Rejected.class, () -> reader.decoder(0, other, LISTS));

        assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
    }

    @Test
    void aLongTextIsCutInAMessage() {
        Rejected rejected = rejected(
                rules(null, rule("short", "char_length(region) < 70", Otherwise.QUARANTINE)),
                1L,
                5,
                "x".repeat(80),
                null);

        assertThat(rejected.reason()).endsWith("is false for region = '" + "x".repeat(60) + "...'");
    }
}
