package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.table.MaskOptions.Mask;
import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskedReaderTest {

    private static final String ANN = "ann@firn.dev";
    /** Its SHA-256. */
    private static final String HIDDEN = "d63d9ed2f1908641f840a58db42f6243bf23c1b79daf802fb4eb46b11778ca67";

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column EMAIL = Column.optional("email", Primitive.STRING);
    private static final Column MAIL = Column.optional("mail", Primitive.STRING);
    private static final Column CONTACT = Column.optional("contact", Primitive.STRING);
    private static final Column CARD = Column.optional("card", Primitive.LONG);

    private static RowMask sha256(String column) {
        return new RowMask(column, Mask.SHA256, null);
    }

    private static FormatReader reader(
            Versions versions, RowMask mask, List<Column> planned, List<RowRule> expect, RowShape shape) {
        TableSchema records = new TableSchema(planned);
        TableSchema table = shape.isEmpty()
                ? records
                : ShapedColumns.planned(shape, records).schema();
        return RuledReader.of(
                versions, "orders", new RowRules(null, expect, table, shape, List.of(mask)), raw -> "resolved");
    }

    private static FormatReader reader(Versions versions, RowMask mask, Column... planned) {
        return reader(versions, mask, List.of(planned), List.of(), RowShape.NONE);
    }

    private static WriterView view(FormatReader reader, int version) throws Rejected {
        WriterSchema written = reader.written(version).orElseThrow();
        Map<String, String> columns = new HashMap<>();
        written.fields().forEach(path -> columns.put(path, path));
        return WriterView.of(written.columns(), written, columns);
    }

    private static Object decoded(FormatReader reader, Versions versions, int version, @Nullable Object... values)
            throws Rejected {
        return reader.decoder(version, view(reader, version), LISTS).decode(versions.record(values));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void aRowHasTheHiddenValueWhateverItIsReadFor() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL});
        FormatReader reader = reader(versions, sha256("email"), ID, EMAIL);
        TableSchema table = new TableSchema(List.of(ID, EMAIL));

        assertThat(decoded(reader, versions, 0, 1L, ANN)).isEqualTo(row(1L, HIDDEN));
        assertThat(decoded(reader, versions, 0, 1L, null)).isEqualTo(row(1L, null));
        assertThat(reader.decoder(0, table, LISTS).decode(versions.record(1L, ANN)))
                .isEqualTo(row(1L, HIDDEN));
        assertThat(reader.projection(0, table, LISTS).decode(versions.record(1L, ANN)))
                .isEqualTo(row(1L, HIDDEN));
        assertThat(reader.projection(0, view(reader, 0), LISTS).decode(versions.record(1L, ANN)))
                .isEqualTo(row(1L, HIDDEN));
    }

    @Test
    void theTableHasTheTypeOfWhatIsWritten() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, CARD});
        FormatReader reader = reader(
                versions,
                sha256("card"),
                List.of(ID, CARD),
                List.of(new RowRule("positive", "card > 0", Otherwise.DROP)),
                RowShape.NONE);

        assertThat(reader.written(0).orElseThrow().columns().columns())
                .containsExactly(ID, Column.optional("card", Primitive.STRING));
        assertThat(reader.lineages(0, "orders").get(0).schema())
                .isEqualTo(reader.written(0).orElseThrow());
        assertThat((List<?>) decoded(reader, versions, 0, 1L, 7L))
                .element(1)
                .asString()
                .hasSize(64);
        assertThat(decoded(reader, versions, 0, 1L, -7L)).isEqualTo(LeftOut.by("positive"));
    }

    /** So what a table has bound, and what it was taken back from, holds when a file begins to hide one. */
    @Test
    void aVersionIsTheSameWhereTypesStayWithHiddenColumnsAndWithout() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL});
        WriterSchema clear = WriterSchema.of(
                new TableSchema(List.of(ID, EMAIL)),
                new TreeMap<>(),
                new TreeMap<>(Map.of("email", List.of("A", "B"))));
        versions.versions.set(0, clear);

        WriterSchema hidden =
                reader(versions, sha256("email"), ID, EMAIL).written(0).orElseThrow();

        assertThat(hidden.fingerprint()).isEqualTo(clear.fingerprint());
        assertThat(hidden.symbols()).isEmpty();
    }

    @Test
    void noReasonNamesAValue() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL});
        for (Otherwise otherwise : List.of(Otherwise.QUARANTINE, Otherwise.FAIL)) {
            FormatReader reader = reader(
                    versions,
                    sha256("email"),
                    List.of(ID, EMAIL),
                    List.of(new RowRule("known", "email = 'bob'", otherwise)),
                    RowShape.NONE);
            assertThatThrownBy(() -> decoded(reader, versions, 0, 1L, ANN))
                    .isInstanceOf(otherwise == Otherwise.FAIL ? RowForbidden.class : Rejected.class)
                    .hasMessageContaining("hides")
                    .hasMessageNotContaining("ann")
                    .hasNoCause();
        }
        FormatReader computing = reader(
                versions,
                sha256("email"),
                List.of(ID, EMAIL),
                List.of(),
                new RowShape(
                        List.of(new RowShape.Computed("number", "cast(email as int)")),
                        List.of(),
                        List.of(),
                        new TableSchema(List.of(ID, EMAIL))));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> decoded(computing, versions, 0, 1L, ANN));
        assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED);
        assertThat(rejected.reason()).doesNotContain("ann");
    }

    /** Whatever it is that a bug makes of a value. */
    @Test
    void aBugSaysWhereItIsAndNotWithWhichValue() {
        Column card = Column.optional("card", new ColumnType.Decimal(16, 0));
        BigDecimal broken = new BigDecimal(7) {
            private static final long serialVersionUID = 1L;

            @Override
            public int compareTo(BigDecimal other) {
                throw new NumberFormatException("For input string: " + ANN);
            }
        };
        Versions versions = new Versions(new Column[] {ID, card});
        FormatReader reader = reader(
                versions,
                sha256("card"),
                List.of(ID, card),
                List.of(new RowRule("positive", "card > 0", Otherwise.DROP)),
                RowShape.NONE);

        assertThatThrownBy(() -> decoded(reader, versions, 0, 1L, broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("our bug: java.lang.NumberFormatException where a record is decoded")
                .hasNoCause()
                .hasNoSuppressedExceptions()
                .hasMessageNotContaining(ANN)
                .hasStackTraceContaining("compareTo");
    }

    @Test
    void whatIsComputedOrRenamedIsHiddenUnderTheNameThatTheTableHas() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL});
        RowShape shape = new RowShape(
                List.of(new RowShape.Computed("copy", "email")),
                List.of(),
                List.of(new RowShape.Renamed("email", "contact")),
                new TableSchema(List.of(ID, EMAIL)));

        assertThat(decoded(
                        reader(versions, sha256("contact"), List.of(ID, EMAIL), List.of(), shape),
                        versions,
                        0,
                        1L,
                        ANN))
                .isEqualTo(row(1L, HIDDEN, ANN));
        assertThat(decoded(
                        reader(versions, sha256("copy"), List.of(ID, EMAIL), List.of(), shape), versions, 0, 1L, ANN))
                .isEqualTo(row(1L, ANN, HIDDEN));
    }

    @Test
    void whatAProducerRenamesStaysHiddenInAllVersions() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL})
                .add(Map.of("mail", "email"), ID, MAIL)
                .add(Map.of("contact", "mail"), ID, CONTACT);
        for (Column planned : List.of(EMAIL, MAIL, CONTACT)) {
            FormatReader reader = reader(versions, sha256(planned.name()), ID, planned);
            for (int version = 0; version < 3; version++) {
                assertThat(decoded(reader, versions, version, 1L, ANN))
                        .as(planned.name() + " in version " + version)
                        .isEqualTo(row(1L, HIDDEN));
            }
        }
    }

    @Test
    void whatGivesItsNameAwayStaysHidden() throws Rejected {
        Versions versions = new Versions(new Column[] {ID, EMAIL})
                .add(Map.of("mail", "email"), ID, MAIL, EMAIL)
                .add(Map.of("contact", "mail"), ID, CONTACT, EMAIL);
        for (List<Column> planned :
                List.of(List.of(ID, EMAIL), List.of(ID, MAIL, EMAIL), List.of(ID, CONTACT, EMAIL))) {
            FormatReader reader = reader(versions, sha256("email"), planned.toArray(Column[]::new));
            for (int version = 1; version < 3; version++) {
                assertThat(decoded(reader, versions, version, 1L, ANN, ANN)).isEqualTo(row(1L, HIDDEN, HIDDEN));
            }
        }
    }

    @Test
    void aVersionThatHasLostItIsRefusedAsAWholeAndOneThatIsOlderIsNot() throws Rejected {
        Versions versions =
                new Versions(new Column[] {ID}).add(Map.of(), ID, EMAIL).add(Map.of(), ID, MAIL);
        FormatReader reader = reader(versions, sha256("email"), ID, EMAIL);

        assertThat(decoded(reader, versions, 0, 1L)).isEqualTo(row(1L));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> reader.written(2));
        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED);
        assertThat(rejected)
                .hasMessage(
                        "the record's schema does not have `email`, which `mask` hides, and is no older than it; say in"
                                + " `mask` what it is called now, then put its records back with `firn replay`");
    }

    @Test
    void aDefaultForWhatAVersionLacksIsHiddenToo() throws Rejected {
        Versions versions =
                new Versions(new Column[] {ID}).add(Map.of(), ID, EMAIL).withDefault("email", ANN);
        FormatReader reader = reader(versions, sha256("email"), ID, EMAIL);
        WriterSchema old = reader.written(0).orElseThrow();
        WriterView view = WriterView.of(new TableSchema(List.of(ID, EMAIL)), old, Map.of("id", "id"));

        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L))).isEqualTo(row(1L, HIDDEN));
    }
}
